package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Cost;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link ToolLoop} came to.
 *
 * @param completion the model's last answer, with its own usage and provenance
 * @param messages the whole conversation, the last answer included: to go on with
 * @param rounds the answers of all rounds, each with its own usage and provenance, oldest first; the last is {@code
 *     completion}
 * @param toolFailures the tools that failed, oldest first; the model knows of each
 */
public record ToolLoopResult(
        Completion completion, List<Message> messages, List<Completion> rounds, List<ToolFailure> toolFailures) {

    /** A tool that failed: in which round, counted from 1, at which call, and with what. */
    public record ToolFailure(int round, ToolCall call, Throwable error) {

        @Override
        public String toString() {
            return "ToolFailure[round " + round + ", " + call + ", "
                    + error.getClass().getName() + "]";
        }
    }

    public ToolLoopResult {
        messages = List.copyOf(messages);
        rounds = List.copyOf(rounds);
        toolFailures = List.copyOf(toolFailures);
    }

    /** The tokens of all rounds, as far as they are known; null if none are. */
    public @Nullable Usage usage() {
        return sum(rounds).usage();
    }

    /** How all rounds came, as one: attempts, waits and latencies added up, without the time that tools took. */
    public @Nullable Provenance provenance() {
        return sum(rounds).provenance();
    }

    /** What all rounds cost; empty if one of them is not known for certain. See {@link Completion#cost()}. */
    public Optional<Cost> cost() {
        return sum(rounds).cost();
    }

    /** The last answer, with the usage and provenance of all. */
    static Completion sum(List<Completion> rounds) {
        return rounds.stream().reduce((earlier, later) -> later.after(earlier)).orElseThrow();
    }

    @Override
    public String toString() {
        return "ToolLoopResult[" + completion + ", " + rounds.size() + " rounds, " + messages.size() + " messages, "
                + toolFailures.size() + " tool failures]";
    }
}
