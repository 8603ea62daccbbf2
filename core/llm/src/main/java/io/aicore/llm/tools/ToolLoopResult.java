package io.aicore.llm.tools;

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
 * The result of a {@link ToolLoop}.
 *
 * @param completion the model's last answer, with its own usage and response metadata
 * @param messages the whole conversation, including the last answer, to continue with
 * @param rounds the answers of all rounds, oldest first, each with its own usage and response metadata; the last is
 *     {@code completion}
 * @param toolFailures the failed tools, oldest first; each was reported to the model
 */
public record ToolLoopResult(
        Completion completion, List<Message> messages, List<Completion> rounds, List<ToolFailure> toolFailures) {

    /** A failed tool: its round (from 1), the call and the error. */
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

    /** The tokens of all rounds, as far as known; null if unknown. */
    public @Nullable Usage usage() {
        return sum(rounds).usage();
    }

    /**
     * The response metadata of all rounds combined: attempts, waits and latencies added up, without the time of the
     * tools.
     */
    public @Nullable Provenance provenance() {
        return sum(rounds).provenance();
    }

    /** The cost of all rounds; empty if the cost of any round is unknown. See {@link Completion#cost()}. */
    public Optional<Cost> cost() {
        return sum(rounds).cost();
    }

    /** The last answer, with usage and response metadata of all rounds. */
    static Completion sum(List<Completion> rounds) {
        return rounds.stream().reduce((earlier, later) -> later.after(earlier)).orElseThrow();
    }

    @Override
    public String toString() {
        return "ToolLoopResult[" + completion + ", " + rounds.size() + " rounds, " + messages.size() + " messages, "
                + toolFailures.size() + " tool failures]";
    }
}
