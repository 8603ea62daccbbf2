package io.aicore.llm;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.tools.ToolLoop;
import io.aicore.llm.tools.ToolLoopResult;
import io.aicore.retry.Jitter;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;

/** What the tests of the tool loop share: a scripted model, on virtual time. */
abstract class ToolLoopBench {

    static final Tool ECHO = Tool.of("echo", "says it again", Map.of("type", "object"));
    static final RetrySettings EXACT = RetrySettings.defaults().jitter(Jitter.none());
    final ScriptedProvider provider = ScriptedProvider.create(config -> config.retrySettings(EXACT));
    final Scheduler time = provider.time;

    static Mono<String> echo(ToolCall call) {
        return Mono.just("echo " + call.arguments());
    }

    final ToolLoop loop() {
        return ToolLoop.of(provider).scheduler(time);
    }

    final ToolLoop echoing() {
        return loop().tool(ECHO, ToolLoopBench::echo);
    }

    /** An answer that asks for these calls of one tool, with ids c0, c1, … */
    final ScriptedProvider asks(String tool, String... arguments) {
        List<ToolCallDelta> calls = new ArrayList<>();
        for (String one : arguments) {
            calls.add(new ToolCallDelta(calls.size(), "c" + calls.size(), tool, one));
        }
        return provider.then(Flux.just(
                new CompletionChunk("", "", "", calls, null, Map.of("signature", "s")),
                CompletionChunk.of(ChunkInfo.of(FinishReason.TOOL_CALLS, "tool_calls")),
                CompletionChunk.of(ChunkInfo.of(Usage.of(10, 1)))));
    }

    final ToolLoopResult success(Mono<ToolLoopResult> run) {
        AtomicReference<ToolLoopResult> result = new AtomicReference<>();
        StepVerifier.create(run)
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(1)))
                .consumeNextWith(result::set)
                .verifyComplete();
        return Objects.requireNonNull(result.get());
    }

    final LlmException failure(Mono<ToolLoopResult> run) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        StepVerifier.create(run)
                .then(() -> provider.time.advanceTimeBy(Duration.ofMinutes(30)))
                .consumeErrorWith(failure::set)
                .verify();
        return (LlmException) failure.get();
    }

    final List<String> toolMessages(int request) {
        return provider.requests.get(request).messages().stream()
                .filter(message -> message.role() == Role.TOOL)
                .map(Message::text)
                .toList();
    }
}
