package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.ToolNames;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the tool calls of an answer the names that the request has for its tools, where the model has written more around
 * them; see {@link ToolNames}. A name that is no tool's of the request stays as it came.
 */
record NamedCalls(StreamDecoder decoder, Set<String> tools) implements StreamDecoder {

    /** The answer to this request. */
    static Completion in(CompletionRequest request, Completion answer) {
        Set<String> tools = tools(request);
        List<ToolCall> calls = answer.toolCalls().stream()
                .map(call -> new ToolCall(call.id(), named(call.name(), tools), call.arguments()))
                .toList();
        return calls.equals(answer.toolCalls()) ? answer : answer.toolCalls(calls);
    }

    /** The decoder of an answer to this request. */
    static StreamDecoder in(CompletionRequest request, StreamDecoder decoder) {
        Set<String> tools = tools(request);
        return tools.isEmpty() ? decoder : new NamedCalls(decoder, tools);
    }

    private static Set<String> tools(CompletionRequest request) {
        return request.tools().tools().stream().map(Tool::name).collect(Collectors.toUnmodifiableSet());
    }

    private static String named(String said, Set<String> tools) {
        String meant = ToolNames.meant(said, tools);
        return meant == null ? said : meant;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        return named(decoder.decode(event));
    }

    @Override
    public boolean ended() {
        return decoder.ended();
    }

    @Override
    public boolean whole() {
        return decoder.whole();
    }

    @Override
    public List<CompletionChunk> end() {
        return named(decoder.end());
    }

    @Override
    public @Nullable WireRequest resume() {
        return decoder.resume();
    }

    @Override
    public void resumed(WireResponse head) {
        decoder.resumed(head);
    }

    private List<CompletionChunk> named(List<CompletionChunk> chunks) {
        return chunks.stream().map(this::named).toList();
    }

    private CompletionChunk named(CompletionChunk chunk) {
        if (chunk.toolCalls().isEmpty()) {
            return chunk;
        }
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (ToolCallDelta delta : chunk.toolCalls()) {
            String name = delta.name();
            deltas.add(new ToolCallDelta(
                    delta.index(), delta.id(), name == null ? null : named(name, tools), delta.arguments()));
        }
        return new CompletionChunk(
                chunk.text(), chunk.reasoning(), chunk.refusal(), deltas, chunk.info(), chunk.extra());
    }
}
