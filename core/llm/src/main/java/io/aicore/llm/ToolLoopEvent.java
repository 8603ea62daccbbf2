package io.aicore.llm;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;

/** What happens in a {@link ToolLoop} that is streamed, in this order: chunks, tools, chunks, …, the end. */
public sealed interface ToolLoopEvent {

    /**
     * A piece of the model's answer in this round.
     *
     * @param round counted from 1
     */
    record Chunk(int round, CompletionChunk chunk) implements ToolLoopEvent {}

    /**
     * A tool has run, or could not. Told when all of the round have ended, in the order of the calls.
     *
     * @param round counted from 1
     * @param answer what the model is told
     */
    record ToolAnswered(int round, ToolCall call, Message answer) implements ToolLoopEvent {}

    /** The end: the model has answered. */
    record Finished(ToolLoopResult result) implements ToolLoopEvent {}
}
