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
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The differences of a host's chat completions. Each method's default is what most hosts support, and sends nothing
 * that a host may reject: override what differs. Immutable; a request that the dialect cannot express throws
 * {@link NotOnTheWireException}.
 */
public interface ChatDialect {

    /** What most hosts support. */
    ChatDialect COMMON = new ChatDialect() {
        @Override
        public boolean sendsAsIs(Message message) {
            return true;
        }
    };

    /** The field for the answer's token limit. Default: {@code max_tokens}. */
    default String maxTokens() {
        return "max_tokens";
    }

    /** The field for the seed. Default: {@code seed}. */
    default String seed() {
        return "seed";
    }

    /** The accepted ids of tool calls; others are replaced, always by the same ones. Default: any. */
    default CallIds callIds() {
        return CallIds.ANY;
    }

    /** The value for a tool choice. Default: {@code auto}, {@code none} or {@code required}. */
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

    /** Adds the reasoning effort to the request. Default: {@code "reasoning_effort": "low"} and so on. */
    default void effort(Map<String, Object> body, @Nullable String model, ReasoningEffort effort) {
        body.put("reasoning_effort", effort.word());
    }

    /** Whether to request the usage of a stream. Default: no; it is sent unrequested, or the option is rejected. */
    default boolean streamUsage() {
        return false;
    }

    /** Converts a file to a part of a message. Default: rejects it. */
    default Map<String, Object> file(Content.File file) {
        throw new NotOnTheWireException(
                "a file of type " + file.mediaType() + ", which this host does not take (expected: text or images)");
    }

    /**
     * The original content of an earlier answer, to send back instead of its text; null for the text. Default: null.
     */
    default @Nullable Object content(Message message) {
        return null;
    }

    /** The extra fields of messages that are sent. Default: none. */
    default Set<String> messageFields() {
        return Set.of();
    }

    /** Adds fields before a message's content, after its role. Default: none. */
    default void beforeContent(Map<String, Object> encoded, Message message) {}

    /**
     * Adds fields after a message's content and calls. Default: its {@link #messageFields}, sorted.
     *
     * @param ofThisTurn whether no user message follows
     */
    default void afterContent(Map<String, Object> encoded, Message message, boolean ofThisTurn) {
        // Sorted: these maps have no order of their own, and the bytes must not differ.
        Map<String, Object> extra = new TreeMap<>(message.extra());
        extra.keySet().retainAll(messageFields());
        encoded.putAll(extra);
    }

    /**
     * Whether this message, which has a role and one text but neither calls nor extra fields, is sent as just these: what
     * adds fields is not asked then. Default: no.
     */
    default boolean sendsAsIs(Message message) {
        return false;
    }

    /** Parts of this request that are sent differently, or not at all. Default: messages' extra fields alone. */
    default RequestWarnings warnings(CompletionRequest request) {
        return new RequestWarnings(request, messageFields());
    }

    /** Whether this model enforces JSON schemas. Default: no. */
    default boolean holdsToSchemas(@Nullable String model) {
        return false;
    }

    /** Whether a stream must end with {@code [DONE]} even after its finish reason and the body's end. Default: no. */
    default boolean terminator() {
        return false;
    }

    /** Maps a finish reason. Default: the values of all known hosts. */
    default FinishReason finish(String word) {
        return FinishWords.of(word);
    }

    /**
     * The failure that an answer or a stream's event reports. Default: classified by its text and codes.
     *
     * @param tree its JSON; a missing node if it is not JSON
     * @param data its text
     */
    default LlmException failure(JsonAnswer answer, JsonFields tree, String data, Phase phase) {
        return answer.reported(data, phase);
    }

    /** Collects the other fields of one answer. Default: those of all known hosts, under their own names. */
    default OtherFields otherFields() {
        return new CommonFields();
    }
}
