package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.tools.ToolLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Whatever a tool throws or returns, the loop goes on or ends. */
class PluggedInToolTest {

    private static final Tool NOTHING = Tool.of("nothing", "does nothing", Map.of("type", "object"));
    private final AtomicReference<@Nullable Object> end = new AtomicReference<>();

    @ParameterizedTest
    @EnumSource
    void aToolThatThrowsIsToldToTheModel(Thrown thrown) {
        for (Function<ToolCall, Mono<String>> tool : List.<Function<ToolCall, Mono<String>>>of(
                call -> thrown.now(),
                call -> Mono.defer(() -> thrown.now()),
                call -> Mono.fromRunnable(thrown::now).thenReturn("ran").filter(ran -> thrown != Thrown.NULL))) {
            ScriptedProvider provider = asksForATool().answers("sorry");

            ToolLoop.of(provider)
                    .scheduler(provider.time)
                    .tool(NOTHING, tool)
                    .run("hello")
                    .map(result -> result.completion().text())
                    .subscribe(end::set, end::set);

            assertThat(end.getAndSet(null)).isEqualTo("sorry");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToldOfAFailedToolMayThrow(Thrown thrown) {
        ScriptedProvider provider = asksForATool().answers("sorry");
        ToolLoop.of(provider)
                .scheduler(provider.time)
                .tool(NOTHING, call -> Mono.error(new IllegalStateException("failed")))
                .onToolError((call, error) -> thrown.now())
                .run("hello")
                .subscribe(end::set, end::set);

        assertThat(end.get()).isInstanceOf(Throwable.class);
    }

    private static ScriptedProvider asksForATool() {
        List<ToolCallDelta> calls = List.of(new ToolCallDelta(0, "id", NOTHING.name(), "{}"));
        return ScriptedProvider.create()
                .then(Flux.just(
                        new CompletionChunk("", "", "", calls, null, Map.of()),
                        CompletionChunk.of(ChunkInfo.of(FinishReason.TOOL_CALLS, "tool_calls"))));
    }
}
