package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ClientErrorException;
import io.aicore.llm.error.ConnectionException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.RejectedException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Which failure the caller gets for what a custom provider does. */
class CallFailureTest extends PipelineCalls {

    @Test
    void anEmptyAnswerIsAskedForOnceMore() {
        ScriptedProvider provider = provider();
        LlmBaseProvider empty = new EmptyProvider(provider.config());

        StepVerifier.withVirtualTime(() -> empty.complete("hello"), () -> provider.time, Long.MAX_VALUE)
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(10))
                .consumeErrorWith(failure -> {
                    assertThat(failure).isInstanceOf(MalformedResponseException.class);
                    assertThat(((LlmException) failure).attempts()).hasSize(2);
                })
                .verify();
    }

    private static final class EmptyProvider extends LlmBaseProvider {
        EmptyProvider(LlmConfig config) {
            super("empty", config);
        }

        @Override
        protected Mono<Completion> attempt(CompletionRequest request) {
            return Mono.empty();
        }
    }

    @Test
    void aFailedConnectionOfACustomProviderIsRetried() {
        ScriptedProvider provider = provider().fails(new IOException("reset")).answers("hi");

        call(provider)
                .expectSubscription()
                .thenAwait(Duration.ofSeconds(1))
                .assertNext(answer -> assertThat(Objects.requireNonNull(answer.provenance())
                                .failures()
                                .get(0)
                                .error())
                        .isInstanceOf(ConnectionException.class))
                .verifyComplete();
    }

    @Test
    void aFailureThatDoesNotKnowItsModelIsToldIt() {
        ScriptedProvider provider = provider()
                .fails(LlmException.of(ErrorDetails.of("scripted", ErrorCategory.REJECTED, false, "no place")));

        assertThat(failureOf(provider, Duration.ZERO))
                .isInstanceOf(RejectedException.class)
                .hasMessage("scripted model-1: rejected: no place");
    }

    @Test
    void aKindOfTheProvidersOwnStaysWhatItIs() {
        class Exotic extends LlmException {
            private static final long serialVersionUID = 1L;

            Exotic() {
                super(ErrorDetails.of("scripted", ErrorCategory.REJECTED, false, "exotic"), null);
            }
        }

        assertThat(failureOf(provider().fails(new Exotic()), Duration.ZERO)).isInstanceOf(Exotic.class);
    }

    @Test
    void aBugIsNotRetried() {
        IllegalStateException bug = new IllegalStateException("prompt: hello");
        ScriptedProvider provider = provider().fails(bug);

        LlmException failure = failureOf(provider, Duration.ZERO);

        assertThat(failure).isInstanceOf(ClientErrorException.class).hasCause(bug);
        assertThat(failure.getMessage()).doesNotContain("hello").contains("IllegalStateException");
    }
}
