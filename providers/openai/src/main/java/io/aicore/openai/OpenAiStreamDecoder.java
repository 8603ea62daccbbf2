package io.aicore.openai;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ErrorClassifier;
import io.aicore.llm.codec.Json;
import io.aicore.llm.codec.MalformedJsonException;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireEvent;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. */
final class OpenAiStreamDecoder implements StreamDecoder {

    private static final String DONE = "[DONE]";

    private final ErrorClassifier errors;
    private final @Nullable String model;
    private final WireResponse head;
    private final boolean terminator;

    private final ToolFragments tools = new ToolFragments();
    private final List<Object> reasoningDetails = new ArrayList<>();
    private @Nullable String id;
    private @Nullable String servedBy;
    private @Nullable FinishReason finish;
    private @Nullable Usage usage;
    private @Nullable Usage told;
    private boolean introduced;
    private boolean content;
    private boolean refused;
    private boolean ended;

    OpenAiStreamDecoder(ErrorClassifier errors, @Nullable String model, WireResponse head, boolean terminator) {
        this.errors = errors;
        this.model = model;
        this.head = head;
        this.terminator = terminator;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        if (ended || data.isEmpty()) {
            return List.of();
        }
        if (data.equals(DONE)) {
            return close();
        }
        JsonNode tree;
        try {
            tree = Json.read(data);
        } catch (MalformedJsonException e) {
            if ("error".equals(event.type())) {
                throw errors.inStream(model, head, data, phase());
            }
            throw errors.malformed(model, head, "not_json", "an event of the stream is " + e.getMessage());
        }
        if ("error".equals(event.type()) || ErrorsInside.in(tree)) {
            throw errors.inStream(model, head, data, phase());
        }
        return chunk(tree);
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public List<CompletionChunk> end() {
        if (ended) {
            return List.of();
        }
        if (!terminator && finish != null) {
            return close();
        }
        String why = finish == null
                ? "the stream ended without a finish reason and without " + DONE
                : "the stream ended after its finish reason, but without " + DONE;
        throw errors.incomplete(model, head, phase(), why);
    }

    private List<CompletionChunk> chunk(JsonNode tree) {
        identify(tree);
        Usage now = UsageReader.of(tree);
        usage = now == null ? usage : now;
        JsonNode choice = CompletionDecoder.choice(tree);
        JsonNode delta = choice.path("delta").isObject() ? choice.path("delta") : choice.path("message");
        if (choice.path("error").isObject()) {
            throw errors.inStream(model, head, Json.write(choice.path("error")), phase());
        }
        String reason = Json.string(choice, "finish_reason");
        ErrorCategory failure = FinishReasons.failure(reason);
        if (failure != null) {
            throw errors.failedFinish(model, head, failure, Objects.requireNonNull(reason), phase());
        }
        Parts parts = Parts.of(delta);
        List<ToolCallDelta> calls = tools.of(delta);
        details(delta);
        refused |= !parts.refusal().isEmpty();
        boolean hasContent = !parts.text().isEmpty()
                || !parts.reasoning().isEmpty()
                || !parts.refusal().isEmpty()
                || !calls.isEmpty();
        content |= hasContent;
        // Hosts repeat the finish reason beside the usage: it is told once.
        boolean finishes = reason != null && !reason.isEmpty() && finish == null;
        if (finishes) {
            finish = FinishReasons.of(reason, tools.any(), refused);
        }
        boolean usageAlone = now != null && !choice.isObject();
        ChunkInfo info = info(hasContent, finishes ? reason : null, finishes || usageAlone || finish != null);
        if (!hasContent && info == null) {
            return List.of();
        }
        return List.of(new CompletionChunk(
                parts.text(), parts.reasoning(), parts.refusal(), calls, info, finishes ? extra() : Map.of()));
    }

    /** What this chunk says of the answer as a whole; null if nothing new. */
    private @Nullable ChunkInfo info(boolean hasContent, @Nullable String reason, boolean tellUsage) {
        boolean introduce = !introduced && (hasContent || reason != null);
        Usage newUsage = tellUsage && usage != null && !usage.equals(told) ? usage : null;
        if (!introduce && reason == null && newUsage == null) {
            return null;
        }
        introduced |= introduce;
        told = newUsage == null ? told : newUsage;
        return new ChunkInfo(
                introduce ? id : null,
                introduce ? servedBy : null,
                reason == null ? null : finish,
                reason,
                newUsage,
                null);
    }

    private void identify(JsonNode tree) {
        // Azure's first chunk, about its filters, has both empty.
        id = id == null ? nonEmpty(Json.string(tree, "id")) : id;
        servedBy = servedBy == null ? nonEmpty(Json.string(tree, "model")) : servedBy;
    }

    private void details(JsonNode delta) {
        JsonNode details = delta.path("reasoning_details");
        if (details.isArray() && Json.plain(details) instanceof List<?> list) {
            reasoningDetails.addAll(list);
        }
    }

    private Map<String, Object> extra() {
        return reasoningDetails.isEmpty()
                ? Map.of()
                : Map.of("reasoning_details", Collections.unmodifiableList(reasoningDetails));
    }

    private List<CompletionChunk> close() {
        FinishReason known = finish == null ? FinishReasons.of(null, tools.any(), refused) : finish;
        if (!content && !FinishReasons.explainsEmptiness(known)) {
            throw errors.empty(model, head);
        }
        ended = true;
        ChunkInfo info = info(false, null, true);
        return info == null ? List.of() : List.of(CompletionChunk.of(info));
    }

    private Phase phase() {
        return content ? Phase.STREAM : Phase.BODY;
    }

    private static @Nullable String nonEmpty(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
