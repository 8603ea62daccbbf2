package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How a host's chat completions differ. Each method's default is what most hosts understand, and sends nothing that one may
 * refuse: a dialect overrides what is its host's own. Immutable; what cannot be said in it throws {@link
 * NotOnTheWireException}.
 */
public interface ChatDialect {

    /** What most hosts understand. */
    ChatDialect COMMON = new ChatDialect() {};

    /** The field for the answer's token limit. Default: {@code max_tokens}. */
    default String maxTokens() {
        return "max_tokens";
    }

    /** The field for the seed. Default: {@code seed}. */
    default String seed() {
        return "seed";
    }

    /** The ids of tool calls that it takes; others are replaced, the same always by the same. Default: any. */
    default CallIds callIds() {
        return CallIds.ANY;
    }

    /** The word for a choice among tools. Default: {@code auto}, {@code none} or {@code required}. */
    default String word(ToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> "required";
        };
    }

    /** The schema of a tool's parameters; not sent if it is empty. Default: the tool's own. */
    default Map<String, Object> parameters(Tool tool) {
        return tool.parameters();
    }

    /** Puts the reasoning effort into the request. Default: {@code "reasoning_effort": "low"} and so on. */
    default void effort(Map<String, Object> body, @Nullable String model, ReasoningEffort effort) {
        body.put("reasoning_effort", effort.word());
    }

    /** Whether a stream is asked for its usage. Default: no, it comes unasked or the question is refused. */
    default boolean streamUsage() {
        return false;
    }

    /** A file as a part of a message. Default: refused. */
    default Map<String, Object> file(Content.File file) {
        throw new NotOnTheWireException(
                "a file of type " + file.mediaType() + ", which this host does not take (expected: text or images)");
    }

    /** The content of an earlier answer as it came, to be sent back instead of its text; null for the text. Default: null. */
    default @Nullable Object content(Message message) {
        return null;
    }

    /** The extra fields of messages that are sent. Default: none. */
    default Set<String> messageFields() {
        return Set.of();
    }

    /** Puts what stands before a message's content, beside its role. Default: nothing. */
    default void beforeContent(Map<String, Object> encoded, Message message) {}

    /**
     * Puts what stands behind a message's content and calls. Default: its {@link #messageFields}, sorted.
     *
     * @param ofThisTurn whether no message of the user's follows
     */
    default void afterContent(Map<String, Object> encoded, Message message, boolean ofThisTurn) {
        // Sorted: these maps have no order of their own, and the bytes must not differ.
        Map<String, Object> extra = new TreeMap<>(message.extra());
        extra.keySet().retainAll(messageFields());
        encoded.putAll(extra);
    }

    /** What of this request goes out otherwise than it was said, beside messages' extra fields. Default: nothing. */
    default List<String> warnings(CompletionRequest request) {
        return List.of();
    }

    /** Whether this model holds answers to a JSON schema. Default: no. */
    default boolean holdsToSchemas(@Nullable String model) {
        return false;
    }

    /** Whether a stream must end with {@code [DONE]}, though its finish reason and the body's end have come. Default: no. */
    default boolean terminator() {
        return false;
    }

    /** What a finish reason means. Default: the words of all known hosts. */
    default FinishReason finish(String word) {
        return FinishWords.of(word);
    }

    /**
     * The failure that an answer or an event of a stream reports. Default: as its words and codes say.
     *
     * @param tree its JSON; a missing node if it is none
     * @param data its text
     */
    default LlmException failure(JsonAnswer answer, JsonNode tree, String data, Phase phase) {
        return answer.reported(data, phase);
    }

    /** What collects the other fields of one answer. Default: those of all known hosts, under their own names. */
    default OtherFields otherFields() {
        return new CommonFields();
    }
}
