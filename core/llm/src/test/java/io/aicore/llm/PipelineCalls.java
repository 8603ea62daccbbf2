package io.aicore.llm;

import static io.aicore.llm.ScriptedProvider.failure;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.error.LlmException;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.test.StepVerifier;

/** Plain completions on virtual time, without jitter. */
abstract class PipelineCalls {

    static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());

    static ScriptedProvider provider() {
        return ScriptedProvider.create(config -> config.retrySettings(EXACT));
    }

    static StepVerifier.FirstStep<Completion> call(ScriptedProvider provider) {
        return StepVerifier.withVirtualTime(() -> provider.complete("hello"), () -> provider.time, Long.MAX_VALUE);
    }

    static LlmException failureOf(ScriptedProvider provider, Duration wait) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(provider.complete("hello"))
                .then(() -> provider.time.advanceTimeBy(wait))
                .consumeErrorWith(failure::set)
                .verify();
        return (LlmException) Objects.requireNonNull(failure.get());
    }
}
