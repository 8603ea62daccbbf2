package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {

    private static final Secret KEY = Secret.of("key-0123456789abcdef");
    private static final List<String> SECRETS = List.of(KEY.reveal());
    private static final List<String> TEXTS = List.of("the merger with Acme closes on Friday");

    private static String cleaned(String providerMessage) {
        ErrorDetails details = ErrorDetails.of("openai", ErrorCategory.INVALID_REQUEST, false, "the request is wrong")
                .providerMessage(providerMessage);
        return String.valueOf(
                Redaction.clean(LlmException.of(details), SECRETS, TEXTS).getMessage());
    }

    @Test
    void theKeyIsRemovedFromTheProvidersWords() {
        assertThat(cleaned("Incorrect API key provided: key-0123456789abcdef."))
                .contains("Incorrect API key provided: REDACTED.")
                .doesNotContain("0123");
    }

    @Test
    void whatTheCallerWroteIsRemovedFromTheProvidersWords() {
        assertThat(cleaned("cannot parse 'merger with Acme closes' here"))
                .contains("cannot parse 'REDACTED' here")
                .doesNotContain("Acme");
    }

    @Test
    void wordsThatQuoteNothingStay() {
        LlmException failure = LlmException.of(ErrorDetails.of("openai", ErrorCategory.OVERLOADED, true, "overloaded")
                .providerMessage("The engine is currently overloaded"));

        assertThat(Redaction.clean(failure, SECRETS, TEXTS)).isSameAs(failure);
    }

    @Test
    void aSecretPrintsAsRedacted() {
        assertThat(KEY).hasToString("REDACTED");
    }
}
