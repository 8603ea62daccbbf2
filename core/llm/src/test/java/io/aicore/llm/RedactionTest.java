package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.config.Secret;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    private static final Secret KEY = Secret.of("key-0123456789abcdef");
    private static final List<String> SECRETS = List.of(KEY.reveal());
    private static final List<String> TEXTS =
            List.of("the merger with Acme closes\non Friday", "Müller & Söhne", "明日の会議で合併を発表します");

    private static ErrorDetails details(String providerMessage) {
        return ErrorDetails.of("openai", ErrorCategory.INVALID_REQUEST, false, "the request is wrong")
                .providerMessage(providerMessage);
    }

    private static String cleaned(String providerMessage) {
        return cleaned(providerMessage, SECRETS, TEXTS);
    }

    private static String cleaned(String providerMessage, List<String> secrets, List<String> texts) {
        LlmException failure = LlmException.of(details(providerMessage));
        return String.valueOf(
                Redaction.clean(failure, secrets, () -> texts).details().providerMessage());
    }

    @Test
    void theKeyIsRemovedFromTheProvidersWords() {
        assertThat(cleaned("Incorrect API key provided: key-0123456789abcdef."))
                .isEqualTo("Incorrect API key provided: REDACTED.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 250, 270, 277, 279, 280, 285, 290, 299, 310})
    void noPartOfTheKeyIsLeftWhereTheWordsAreCut(int before) {
        String message = cleaned("x".repeat(before) + " credential " + KEY.reveal() + " is not known here");

        assertThat(message).hasSizeLessThanOrEqualTo(300).doesNotContain("key-", "0123");
    }

    @Test
    void aPartOfTheKeyIsRemovedToo() {
        assertThat(cleaned("no such key: KEY-0123456789ABCDE…")).isEqualTo("no such key: REDACTED…");
    }

    @Test
    void codeRequestIdAndReasonAreWithoutTheKey() {
        ErrorDetails details =
                details("no").response(401, KEY.reveal(), "req " + KEY.reveal()).why("code " + KEY.reveal());

        ErrorDetails clean =
                Redaction.clean(LlmException.of(details), SECRETS, () -> TEXTS).details();

        assertThat(clean.code()).isEqualTo("REDACTED");
        assertThat(clean.requestId()).isEqualTo("req REDACTED");
        assertThat(clean.why()).isEqualTo("code REDACTED");
    }

    @Test
    void anExceptionClassOfAProvidersOwnIsCleanedToo() {
        class Exotic extends LlmException {
            private static final long serialVersionUID = 1L;

            Exotic() {
                super(RedactionTest.details("bad key " + KEY.reveal()), null);
            }
        }

        LlmException clean = Redaction.clean(new Exotic(), SECRETS, () -> TEXTS);

        assertThat(clean).isInstanceOf(Exotic.class).hasMessageContaining("bad key REDACTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "EMPTY", "ollama", "sk-none"})
    void aPlaceholderForAKeyGarblesNothing(String placeholder) {
        String words = "x model 'qwen9' EMPTY, try ollama pull or sk-none";

        assertThat(cleaned(words, List.of(placeholder), List.of())).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "merger with Acme closes",
                "MERGER WITH ACME CLOSES",
                "merger\\u0020with \\u0041cme closes",
                "merger with Acme closes\\non Friday",
                "merger  with\\tAcme, closes on",
                "Müller & Söhne",
                "M\\u00fcller & S\\u00f6hne",
                "会議で合併を発表"
            })
    void whatTheCallerWroteIsRemovedHoweverItIsQuoted(String quote) {
        assertThat(cleaned("cannot parse '" + quote + "' here")).isEqualTo("cannot parse 'REDACTED' here");
    }

    @Test
    void aWordThatAQuoteCutsIsRemovedWhole() {
        assertThat(cleaned("got: rger with Acme closes on F…")).isEqualTo("got: REDACTED…");
        assertThat(cleaned("got: merger with Acme closetoday")).isEqualTo("got: REDACTED");
    }

    @Test
    void wordsThatQuoteNothingStay() {
        LlmException failure = LlmException.of(details("The engine with Acme is overloaded, Müller! Sohne"));

        assertThat(Redaction.clean(failure, SECRETS, () -> TEXTS)).isSameAs(failure);
    }

    @Test
    void aCodeOfWhichThePromptSpeaksStays() {
        LlmException failure = LlmException.of(details("no").response(400, "context_length_exceeded", null));

        assertThat(Redaction.clean(failure, SECRETS, () -> List.of("what is context_length_exceeded?")))
                .isSameAs(failure);
    }

    @Test
    void aRequestThatIsTooLargeToCompareWithCostsTheProvidersWordsAndNotItsCode() {
        String large = "e ".repeat(5 << 20);
        LlmException failure = LlmException.of(details("what is this").response(413, "too_large", "req-1"));

        ErrorDetails clean =
                Redaction.clean(failure, SECRETS, () -> List.of(large)).details();

        assertThat(clean.providerMessage()).contains("withheld").doesNotContain("what is this");
        assertThat(clean.code()).isEqualTo("too_large");
        assertThat(clean.requestId()).isEqualTo("req-1");
    }

    @Test
    void theCallersTextsAreNotAskedForWhereTheProviderSaidNothing() {
        LlmException failure = LlmException.of(ErrorDetails.of("openai", ErrorCategory.TIMEOUT, true, "too late"));

        assertThat(Redaction.clean(failure, SECRETS, () -> {
                    throw new AssertionError("asked for");
                }))
                .isSameAs(failure);
    }

    @Test
    void aSecretPrintsAsRedacted() {
        assertThat(KEY).hasToString("REDACTED");
    }
}
