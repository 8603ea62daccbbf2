package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.LlmException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Keys and prompts stay between the caller and the provider. */
interface SecretClaims extends Claims {

    @Test
    default void keyAndPromptAreInNoMessage() {
        LlmProvider provider = rig().trying();
        ErrorForm form = fixture().wrongKey("wrong key " + fixture().key() + " for the prompt " + PROMPT);
        rig().server().then(error(form)).then(error(form));

        LlmException plain = Rig.failure(provider.complete(request()));
        LlmException streamed = Rig.failure(provider.stream(request()).then());

        for (LlmException failure : new LlmException[] {plain, streamed}) {
            assertThat(failure).isInstanceOf(AuthenticationException.class);
            assertThat(all(failure)).doesNotContain(fixture().key()).doesNotContain(PROMPT);
            assertThat(Rig.present(failure.history()).toString())
                    .doesNotContain(fixture().key());
        }
        assertThat(rig().server().call(1).path()).doesNotContain(fixture().key());
        assertThat(rig().server().call(1).text()).doesNotContain(fixture().key());
        assertThat(provider.toString()).doesNotContain(fixture().key());
        assertThat(request().toString()).doesNotContain(PROMPT);
    }

    private static String all(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
