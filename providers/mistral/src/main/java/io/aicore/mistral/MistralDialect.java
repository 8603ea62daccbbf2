package io.aicore.mistral;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.CallIds;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.completions.ChatDialect;
import io.aicore.llm.codec.completions.OtherFields;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Mistral's chat completions. A stream's usage comes unasked; the question for it is refused as an unknown field. */
final class MistralDialect implements ChatDialect {

    private static final String PREFIX = "prefix";
    private static final String NAME = "name";
    private static final CallIds IDS = CallIds.exactly(9);

    @Override
    public String seed() {
        return "random_seed";
    }

    @Override
    public CallIds callIds() {
        return IDS;
    }

    /** The API's own word; "required" came later, for those who know OpenAI's. */
    @Override
    public String word(ToolChoice.Mode mode) {
        return mode == ToolChoice.Mode.REQUIRED ? "any" : ChatDialect.super.word(mode);
    }

    /** A schema is required. */
    @Override
    public Map<String, Object> parameters(Tool tool) {
        return ChatJson.parameters(tool);
    }

    @Override
    public void effort(Map<String, Object> body, @Nullable String model, ReasoningEffort effort) {
        if (!alwaysThinks(model)) {
            if (effort != ReasoningEffort.HIGH && effort != ReasoningEffort.NONE) {
                throw new NotOnTheWireException(
                        "reasoning effort " + effort.word() + ", which Mistral does not know (expected: high or none)");
            }
            ChatDialect.super.effort(body, model, effort);
        } else if (effort != ReasoningEffort.NONE) {
            // These know no effort: the mode adds the prompt they were trained with.
            body.put("prompt_mode", "reasoning");
        }
    }

    @Override
    public RequestWarnings warnings(CompletionRequest request) {
        boolean off = request.reasoningEffort() == ReasoningEffort.NONE;
        boolean mode = alwaysThinks(request.model()) && !off;
        return new RequestWarnings(request, Map.of(PREFIX, Set.of(Role.ASSISTANT), NAME, Set.of(Role.TOOL)), Set.of())
                .leftOut(off && alwaysThinks(request.model()), "reasoning effort none", "the model always thinks")
                .effortSentAs(mode ? "prompt_mode reasoning" : null);
    }

    private static boolean alwaysThinks(@Nullable String model) {
        return model != null && model.contains("magistral");
    }

    @Override
    public boolean holdsToSchemas(@Nullable String model) {
        return true;
    }

    /** Documents and sounds, each as bytes or by address; the API has no word for films. */
    @Override
    public Map<String, Object> file(Content.File file) {
        if (file.is("video")) {
            throw new NotOnTheWireException(
                    "a video file, which Mistral does not take (expected: a document or audio)");
        }
        if (file.is("audio")) {
            String data = file.base64();
            return ChatJson.ordered("type", "input_audio", "input_audio", data == null ? file.url() : data);
        }
        Map<String, Object> document = ChatJson.ordered("type", "document_url", "document_url", file.url());
        ChatJson.put(document, "document_name", file.name());
        return document;
    }

    @Override
    public @Nullable Object content(Message message) {
        return ChatJson.kept(message, KeptChunks.KEPT);
    }

    @Override
    public boolean sendsAsIs(Message message) {
        return true;
    }

    @Override
    public Set<String> messageFields() {
        return Set.of(PREFIX, NAME);
    }

    /** Fields that its role does not know are refused by the API. */
    @Override
    public void beforeContent(Map<String, Object> encoded, Message message) {
        if (message.role() == Role.TOOL) {
            ChatJson.put(encoded, NAME, message.extra().get(NAME));
        }
    }

    @Override
    public void afterContent(Map<String, Object> encoded, Message message, boolean ofThisTurn) {
        if (message.role() == Role.ASSISTANT) {
            ChatJson.put(encoded, PREFIX, message.extra().get(PREFIX));
        }
    }

    @Override
    public FinishReason finish(String word) {
        // Not the request's limit, but the model's own.
        return word.equals("model_length") ? FinishReason.CONTEXT_WINDOW : ChatDialect.super.finish(word);
    }

    /**
     * Mistral types its lack of capacity as a wrong request, and inside a success there is no status that would know better:
     * where nothing but the type says so, the message decides.
     */
    @Override
    public LlmException failure(JsonAnswer answer, JsonFields tree, String data, Phase phase) {
        LlmException failure = answer.reported(data, phase);
        if (failure.category() != ErrorCategory.INVALID_REQUEST || !tree.isObject()) {
            return failure;
        }
        Map<String, Object> known = tree.object();
        known.remove("type");
        LlmException untyped = answer.reported(JsonFields.of(known).raw(), phase);
        return switch (untyped.category()) {
            case OVERLOADED, RATE_LIMITED, TIMEOUT -> untyped;
            default -> failure;
        };
    }

    @Override
    public OtherFields otherFields() {
        return new KeptChunks();
    }
}
