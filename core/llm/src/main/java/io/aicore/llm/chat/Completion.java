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
 * <p>A provider builds one from {@link #of(String)}, as in {@code of("hi").model("m-1").finish(STOP, "stop")}.
 *
 * @param id the provider's id of the answer; empty without one
 * @param model the model that answered, by the provider's name; may differ from the requested one
 * @param output what the model produced
 * @param finish why it ended
 * @param usage null if the provider reported none
 * @param provenance response metadata; null until the pipeline has added it
 */
public record Completion(
        String id,
        String model,
        Output output,
        Finish finish,
        @Nullable Usage usage,
        @Nullable Provenance provenance) {

    /**
     * What a model produced.
     *
     * @param text the text of the answer; empty if the model only calls tools or refuses
     * @param reasoning the model's reasoning text; null if the provider shows none
     * @param refusal the text with which the model refused; null without one
     * @param extra other provider fields, under the provider's names: those to send back with the conversation, and
     *     additional output (images, citations, log probabilities, service tier)
     */
    public record Output(
            String text,
            List<ToolCall> toolCalls,
            @Nullable String reasoning,
            @Nullable String refusal,
            Map<String, Object> extra) {

        public Output {
            toolCalls = List.copyOf(toolCalls);
            reasoning = reasoning == null || reasoning.isEmpty() ? null : reasoning;
            refusal = refusal == null || refusal.isEmpty() ? null : refusal;
            extra = Json.copy(extra);
        }

        boolean isEmpty() {
            return text.isEmpty() && toolCalls.isEmpty() && refusal == null && reasoning == null;
        }

        @Override
        public String toString() {
            return text.length() + " chars, " + toolCalls.size() + " tool calls";
        }
    }

    /**
     * Why an answer ended.
     *
     * @param raw the provider's own value for {@code reason}
     */
    public record Finish(FinishReason reason, @Nullable String raw) {}

    /** A finished text answer. */
    public static Completion of(String text) {
        Output output = new Output(text, List.of(), null, null, Map.of());
        return new Completion("", "", output, new Finish(FinishReason.STOP, null), null, null);
    }

    /**
     * Combines the chunks of a stream into the answer when the stream completes; an error is passed on. An empty stream
     * gives an empty answer. Cancelling cancels the stream.
     */
    public static Mono<Completion> from(Flux<CompletionChunk> chunks) {
        return chunks.collect(CompletionFold::new, CompletionFold::add).map(CompletionFold::completion);
    }

    /** The text of the answer; empty if the model only calls tools or refuses. */
    public String text() {
        return output.text;
    }

    public List<ToolCall> toolCalls() {
        return output.toolCalls;
    }

    /** The model's reasoning text; null if the provider shows none. */
    public @Nullable String reasoning() {
        return output.reasoning;
    }

    /** The text with which the model refused; null without one. */
    public @Nullable String refusal() {
        return output.refusal;
    }

    /** Other provider fields, see {@link Output}. */
    public Map<String, Object> extra() {
        return output.extra;
    }

    public FinishReason finishReason() {
        return finish.reason;
    }

    /** The provider's own value for the finish reason; null without one. */
    public @Nullable String rawFinishReason() {
        return finish.raw;
    }

    /** Whether it has no text, no tool call, no refusal and no reasoning. */
    public boolean isEmpty() {
        return output.isEmpty();
    }

    /** The answer as an assistant message, to continue the conversation. */
    public Message message() {
        List<Content> content = text().isEmpty() ? List.of() : List.of(Content.text(text()));
        return new Message(Role.ASSISTANT, content, toolCalls(), null, reasoning(), extra());
    }

    /**
     * The cost, failed attempts with known tokens included, at the list price of the model that answered, by the
     * configured model catalogue. Empty if any part is unknown: an unknown model or address, no usage, or a price that
     * depends on something the provider does not report. Set by the pipeline.
     */
    public Optional<Cost> cost() {
        return Optional.ofNullable(provenance).map(Provenance::cost);
    }

    public Completion id(String id) {
        return new Completion(id, model, output, finish, usage, provenance);
    }

    public Completion model(String model) {
        return new Completion(id, model, output, finish, usage, provenance);
    }

    public Completion output(Output output) {
        return new Completion(id, model, output, finish, usage, provenance);
    }

    public Completion finish(FinishReason reason, @Nullable String raw) {
        return new Completion(id, model, output, new Finish(reason, raw), usage, provenance);
    }

    public Completion usage(@Nullable Usage usage) {
        return new Completion(id, model, output, finish, usage, provenance);
    }

    public Completion provenance(@Nullable Provenance provenance) {
        return new Completion(id, model, output, finish, usage, provenance);
    }

    public Completion text(String text) {
        return output(new Output(text, toolCalls(), reasoning(), refusal(), extra()));
    }

    public Completion toolCalls(List<ToolCall> toolCalls) {
        return output(new Output(text(), toolCalls, reasoning(), refusal(), extra()));
    }

    public Completion reasoning(@Nullable String reasoning) {
        return output(new Output(text(), toolCalls(), reasoning, refusal(), extra()));
    }

    public Completion refusal(@Nullable String refusal) {
        return output(new Output(text(), toolCalls(), reasoning(), refusal, extra()));
    }

    public Completion extra(Map<String, Object> extra) {
        return output(new Output(text(), toolCalls(), reasoning(), refusal(), extra));
    }

    /**
     * Returns a copy that includes an earlier answer of the same task, as after a repair or a round of tool calls: with
     * the usage known of both, and the combined response metadata.
     */
    public Completion after(Completion earlier) {
        return usage(both(usage, earlier.usage, Usage::plus))
                .provenance(both(earlier.provenance, provenance, Provenance::plus));
    }

    private static <T> @Nullable T both(@Nullable T one, @Nullable T other, BinaryOperator<T> sum) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return sum.apply(one, other);
    }

    @Override
    public String toString() {
        return "Completion[" + model + ", " + output + ", " + finish.reason + ", " + usage + "]";
    }
}
