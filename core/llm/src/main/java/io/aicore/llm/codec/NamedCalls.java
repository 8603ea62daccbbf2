package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives the tool calls of an answer the names that the request has for its tools, where the model has written more around
 * them; see {@link ToolNames}. A name that is no tool's of the request stays as it came.
 */
public final class NamedCalls extends StreamDecorator {

    private final Set<String> tools;

    private NamedCalls(StreamDecoder decoder, Set<String> tools) {
        super(decoder);
        this.tools = tools;
    }

    /** The answer to this request. */
    public static Completion in(CompletionRequest request, Completion answer) {
        if (answer.toolCalls().isEmpty()) {
            return answer;
        }
        Set<String> tools = tools(request);
        List<ToolCall> calls = answer.toolCalls().stream()
                .map(call -> new ToolCall(call.id(), named(call.name(), tools), call.arguments()))
                .toList();
        return calls.equals(answer.toolCalls()) ? answer : answer.toolCalls(calls);
    }

    /** The decoder of an answer to this request. */
    public static StreamDecoder in(CompletionRequest request, StreamDecoder decoder) {
        return request.tools().tools().isEmpty() ? decoder : new NamedCalls(decoder, tools(request));
    }

    private static Set<String> tools(CompletionRequest request) {
        return request.tools().tools().stream().map(Tool::name).collect(Collectors.toUnmodifiableSet());
    }

    private static String named(String said, Set<String> tools) {
        String meant = ToolNames.meant(said, tools);
        return meant == null ? said : meant;
    }

    @Override
    CompletionChunk change(CompletionChunk chunk) {
        if (chunk.toolCalls().isEmpty()) {
            return chunk;
        }
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCallDelta delta : chunk.toolCalls()) {
            String name = delta.name();
            deltas.add(new ToolCallDelta(
                    delta.index(), delta.id(), name == null ? null : named(name, tools), delta.arguments()));
        }
        return chunk.toolCalls(deltas);
    }
}
