package io.aicore.llm.tools;

import io.aicore.limit.Guard;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.ToolNames;
import io.aicore.llm.codec.schema.SchemaMismatchException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Runs the tools of one round, a bounded number at once. A call that cannot be run also gets a result, which the model
 * can react to.
 */
record ToolRunner(Map<String, ToolLoop.Registered> tools, ToolLoop.Settings settings) {

    private static final Logger LOG = Loggers.getLogger(ToolLoop.class);

    /** The result of one call: the message to the model, and the error if it failed. */
    record Outcome(ToolCall call, Message answer, @Nullable Throwable error) {}

    private record Numbered(int number, Outcome outcome) {}

    /** Results in the order of the calls; a slow tool does not delay the start of others. */
    Mono<List<Outcome>> run(List<ToolCall> calls) {
        return Flux.range(0, calls.size())
                .flatMap(i -> run(calls.get(i)).map(outcome -> new Numbered(i, outcome)), settings.concurrency())
                .collectSortedList(Comparator.comparingInt(Numbered::number))
                .map(all -> all.stream().map(Numbered::outcome).toList());
    }

    private Mono<Outcome> run(ToolCall asked) {
        String name = ToolNames.meant(asked.name(), tools.keySet());
        ToolLoop.Registered tool = name == null ? null : tools.get(name);
        if (name == null || tool == null) {
            return Mono.just(refused(asked, "There is no such tool. There are: " + tools.keySet()));
        }
        String arguments = ToolArguments.object(asked.arguments());
        if (arguments == null) {
            return Mono.just(refused(asked, "The arguments are no JSON object."));
        }
        ToolCall call = new ToolCall(asked.id(), name, arguments);
        return Guard.mono("the tool", () -> tool.work().apply(call))
                .defaultIfEmpty("")
                .map(text -> new Outcome(asked, Message.tool(asked.id(), text), null))
                .onErrorResume(error -> failed(asked, error));
    }

    private Mono<Outcome> failed(ToolCall call, Throwable error) {
        if (error instanceof SchemaMismatchException mismatch) {
            return Mono.just(refused(call, "The arguments do not fit the schema:\n" + mismatch.forTheModel()));
        }
        // Its message may hold what was asked.
        LOG.warn(
                "The tool {} failed with {}",
                ToolNames.acceptable(call.name()),
                error.getClass().getName());
        return Guard.mono("onToolError", () -> settings.onToolError().apply(call, error))
                .defaultIfEmpty(ToolLoop.FAILED)
                .map(text -> new Outcome(call, failure(call, text), error));
    }

    private static Outcome refused(ToolCall call, String text) {
        return new Outcome(call, failure(call, text), null);
    }

    /** Anthropic has a flag for failures; other protocols ignore it. */
    private static Message failure(ToolCall call, String text) {
        return Message.tool(call.id(), text).extra(Map.of("is_error", true));
    }

    /**
     * The model's turn in a form that every host accepts back: most reject other names, and arguments that are not a
     * JSON object.
     */
    Message readable(Message turn) {
        List<ToolCall> calls = turn.toolCalls().stream().map(this::readable).toList();
        return turn.toolCalls(calls);
    }

    private ToolCall readable(ToolCall call) {
        String name = ToolNames.meant(call.name(), tools.keySet());
        String arguments = ToolArguments.object(call.arguments());
        return new ToolCall(
                call.id(),
                name == null ? ToolNames.acceptable(call.name()) : name,
                arguments == null ? ToolArguments.NONE : arguments);
    }
}
