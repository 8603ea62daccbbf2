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
 * @param id the provider's id of the answer; empty if it gave none
 * @param model the model that answered, by the provider's name; may differ from the one asked for
 * @param text the answer in words; empty when the model only calls tools or refuses
 * @param reasoning the model's reasoning text, where the provider shows it
 * @param refusal the model's words when it declined
 * @param rawFinishReason the provider's own word for {@code finishReason}
 * @param usage null if the provider reported none
 * @param provenance how the answer came; null before the pipeline has added it
 * @param extra provider fields beside words and calls, under the provider's names: what belongs back into the conversation, and
 *     what else came (pictures, citations, probabilities, the tier that served it)
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

    /** A finished answer in words, as a custom provider may give it. */
    public static Completion of(String text) {
        return new Completion("", "", text, List.of(), null, null, FinishReason.STOP, null, null, null, Map.of());
    }

    /**
     * The answer that a stream of chunks adds up to, when the stream completes; its error is passed on. An empty stream
     * gives an empty answer. Cancelling cancels the stream.
     */
    public static Mono<Completion> from(Flux<CompletionChunk> chunks) {
        return chunks.collect(CompletionFold::new, CompletionFold::add).map(CompletionFold::completion);
    }

    /** Whether there is nothing in it: no text, no tool call, no refusal, no reasoning. */
    public boolean isEmpty() {
        return text.isEmpty()
                && toolCalls.isEmpty()
                && (refusal == null || refusal.isEmpty())
                && (reasoning == null || reasoning.isEmpty());
    }

    /** The answer as the assistant's turn, to go on with the conversation. */
    public Message message() {
        List<Content> content = text.isEmpty() ? List.of() : List.of(Content.text(text));
        return new Message(Role.ASSISTANT, content, toolCalls, null, reasoning, extra);
    }

    /**
     * What it cost, with the attempts before it as far as they told their tokens: at the list price of the model that
     * answered, by the catalogue of the provider's configuration. Empty where a part of it is not known for certain: an
     * unknown model or address, no usage, a price that depends on what is not told. Known once the pipeline has delivered it.
     */
    public Optional<Cost> cost() {
        return Optional.ofNullable(provenance).map(Provenance::cost);
    }

    /** The same answer, with how it came. */
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
     * The same answer, when it took this earlier one too, as after a repair or a round of tool calls: with the usage that is
     * known of both, and the provenance of both together.
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
