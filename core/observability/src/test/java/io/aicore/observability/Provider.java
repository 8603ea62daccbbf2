package io.aicore.observability;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.observe.CallObserver;
import io.aicore.retry.Jitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A provider whose attempts are written down beforehand, on virtual time. */
final class Provider extends LlmBaseProvider {

    final VirtualTimeScheduler time;
    private final Deque<Mono<Completion>> script = new ArrayDeque<>();

    private Provider(LlmConfig config, VirtualTimeScheduler time) {
        super(config.provider(), config);
        this.time = time;
    }

    static Provider observed(CallObserver observer) {
        return observed(observer, config -> config);
    }

    static Provider observed(CallObserver observer, UnaryOperator<LlmConfigBuilder> settings) {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        Scheduler scheduler = time;
        LlmConfigBuilder config = LlmConfig.builder()
                .provider("scripted")
                .baseUrl("https://api.scripted.example/v1")
                .model("model-1")
                .retrySettings(retry -> retry.jitter(Jitter.none()))
                .scheduler(scheduler)
                .observer(observer);
        return new Provider(settings.apply(config).build(), time);
    }

    static LlmException failure(ErrorCategory category, int status, boolean retryable, @Nullable Duration retryAfter) {
        return LlmException.of(ErrorDetails.of("scripted", category, retryable, "scripted " + category.word())
                .model("model-1")
                .response(status, "code-" + status, "req-" + status)
                .retryAfter(retryAfter)
                .phase(Phase.FIRST_BYTE));
    }

    Provider fails(LlmException... failures) {
        Arrays.stream(failures).forEach(failure -> script.add(Mono.error(failure)));
        return this;
    }

    Provider answers(String text) {
        return then(Mono.just(Completion.of(text)));
    }

    Provider then(Mono<Completion> attempt) {
        script.add(attempt);
        return this;
    }

    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        Mono<Completion> next = script.pollFirst();
        return next == null ? Mono.error(new AssertionError("no attempt left")) : next;
    }
}
