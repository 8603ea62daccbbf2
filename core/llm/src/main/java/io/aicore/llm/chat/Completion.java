package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A model's answer.
 *
 * @param id the provider's id of the answer; empty without one
 * @param model the model that answered, by the provider's name; may differ from the requested one
 * @param text the text of the answer; empty if the model only calls tools or refuses
 * @param reasoning the model's reasoning text, if the provider shows it
 * @param refusal the text with which the model refused
 * @param rawFinishReason the provider's own value for {@code finishReason}
 * @param usage null if the provider reported none
 * @param provenance response metadata; null until the pipeline has added it
 * @param extra other provider fields, under the provider's names: those to send back with the conversation, and
 *     additional output (images, citations, log probabilities, service tier)
 */
public record Completion(
        String id,
        String model,
        String text,
        List<ToolCall> toolCalls,
        @Nullable String reasoning,
        @Nullable String refusal,
        FinishReason finishReason,
        @Nullable String rawFinishReason,
        @Nullable Usage usage,
        @Nullable Provenance provenance,
        Map<String, Object> extra) {

    public Completion {
        toolCalls = List.copyOf(toolCalls);
        extra = Json.copy(extra);
    }

    /** A finished text answer, for a custom provider. */
    public static Completion of(String text) {
        return new Completion("", "", text, List.of(), null, null, FinishReason.STOP, null, null, null, Map.of());
    }

    /**
     * Combines the chunks of a stream into the answer when the stream completes; an error is passed on. An empty stream
     * gives an empty answer. Cancelling cancels the stream.
     */
    public static Mono<Completion> from(Flux<CompletionChunk> chunks) {
        return chunks.collect(CompletionFold::new, CompletionFold::add).map(CompletionFold::completion);
    }

    /** Whether it has no text, no tool call, no refusal and no reasoning. */
    public boolean isEmpty() {
        return text.isEmpty()
                && toolCalls.isEmpty()
                && (refusal == null || refusal.isEmpty())
                && (reasoning == null || reasoning.isEmpty());
    }

    /** The answer as an assistant message, to continue the conversation. */
    public Message message() {
        List<Content> content = text.isEmpty() ? List.of() : List.of(Content.text(text));
        return new Message(Role.ASSISTANT, content, toolCalls, null, reasoning, extra);
    }

    /**
     * The cost, failed attempts with known tokens included, at the list price of the model that answered, by the
     * configured model catalogue. Empty if any part is unknown: an unknown model or address, no usage, or a price that
     * depends on something the provider does not report. Set by the pipeline.
     */
    public Optional<Cost> cost() {
        return Optional.ofNullable(provenance).map(Provenance::cost);
    }

    /** Returns a copy with this response metadata. */
    public Completion provenance(Provenance provenance) {
        return new Completion(
                id,
                model,
                text,
                toolCalls,
                reasoning,
                refusal,
                finishReason,
                rawFinishReason,
                usage,
                provenance,
                extra);
    }

    /**
     * Returns a copy that includes an earlier answer of the same task, as after a repair or a round of tool calls: with
     * the usage known of both, and the combined response metadata.
     */
    public Completion after(Completion earlier) {
        return new Completion(
                id,
                model,
                text,
                toolCalls,
                reasoning,
                refusal,
                finishReason,
                rawFinishReason,
                both(usage, earlier.usage, Usage::plus),
                both(earlier.provenance, provenance, Provenance::plus),
                extra);
    }

    private static <T> @Nullable T both(@Nullable T one, @Nullable T other, BinaryOperator<T> sum) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return sum.apply(one, other);
    }

    @Override
    public String toString() {
        return "Completion[" + model + ", " + text.length() + " chars, " + toolCalls.size() + " tool calls, "
                + finishReason + ", " + usage + "]";
    }
}
