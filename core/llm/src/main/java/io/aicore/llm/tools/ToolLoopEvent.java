package io.aicore.llm.tools;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;

/** An event of a streamed {@link ToolLoop}, in this order: chunks, tools, chunks, …, the end. */
public sealed interface ToolLoopEvent {

    /**
     * A chunk of the model's answer in this round.
     *
     * @param round from 1
     */
    record Chunk(int round, CompletionChunk chunk) implements ToolLoopEvent {}

    /**
     * A tool has run or has failed. Emitted after all tools of the round have ended, in the order of the calls.
     *
     * @param round from 1
     * @param answer the message sent to the model
     */
    record ToolAnswered(int round, ToolCall call, Message answer) implements ToolLoopEvent {}

    /** The end of the loop. */
    record Finished(ToolLoopResult result) implements ToolLoopEvent {}
}
