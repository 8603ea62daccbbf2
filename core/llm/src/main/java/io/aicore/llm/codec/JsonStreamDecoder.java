package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One stream whose events are JSON: what all such protocols have in common. Empty events and those behind the last one are
 * passed over, an error in an event is raised, {@code [DONE]} and the connection's end are judged, and the first chunks
 * say who answers. A protocol says how its errors look, what its events mean, and when an answer is whole.
 */
public abstract class JsonStreamDecoder implements StreamDecoder {

    private final StreamMetadata metadata = new StreamMetadata();
    private JsonAnswer answer;
    private boolean answered;
    private boolean ended;

    /** @param answer with the stream's head */
    protected JsonStreamDecoder(JsonAnswer answer) {
        this.answer = answer;
    }

    /** Whether this event is an error; one of type {@code error} is in any case. */
    protected abstract boolean isError(WireEvent event, JsonNode tree);

    /** The chunks of an event that is no error. */
    protected abstract List<CompletionChunk> next(WireEvent event, JsonNode tree);

    /** What the stream lacked when its connection ended too early, as a sentence. */
    protected abstract String missing();

    /** Whether the answer is whole, so that {@code [DONE]} or the connection's end may end it. Default: no. */
    protected boolean mayEnd() {
        return false;
    }

    /** The last chunks of an answer that {@code [DONE]} or the connection's end ends. Default: none. */
    protected List<CompletionChunk> close() {
        return List.of();
    }

    /** What {@code [DONE]} says: gateways write it behind any protocol. Default: the end, if the answer is whole. */
    protected List<CompletionChunk> done() {
        return mayEnd() ? last(close()) : List.of();
    }

    /**
     * The failure that an event reports.
     *
     * @param tree the event's JSON; a missing node if it is none
     */
    protected LlmException failure(JsonNode tree, String data) {
        return answer.reported(data, phase());
    }

    /** What to make of an event that is neither JSON nor an error's words. Default: throws the failure. */
    protected List<CompletionChunk> unreadable(LlmException failure) {
        throw failure;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        if (ended || data.isEmpty()) {
            return List.of();
        }
        if (event.isDone()) {
            return done();
        }
        boolean error = "error".equals(event.type());
        JsonNode tree;
        try {
            tree = Json.read(data);
        } catch (MalformedJsonException e) {
            if (error) {
                throw failure(Json.read(""), data);
            }
            return unreadable(answer.unreadable(event, e, phase()));
        }
        if (error || isError(event, tree)) {
            throw failure(tree, data);
        }
        return next(event, tree);
    }

    @Override
    public final boolean ended() {
        return ended;
    }

    @Override
    public List<CompletionChunk> end() {
        if (ended) {
            return List.of();
        }
        if (!mayEnd()) {
            throw answer.incomplete(phase(), missing());
        }
        return last(close());
    }

    @Override
    public void resumed(WireResponse head) {
        answer = answer.response(head);
    }

    /** These chunks, behind which nothing is read. */
    protected final List<CompletionChunk> last(List<CompletionChunk> chunks) {
        ended = true;
        return chunks;
    }

    /** This chunk with the metadata that is new, but for the usage; nothing if it says nothing. */
    protected final List<CompletionChunk> emit(CompletionChunk chunk) {
        return emit(chunk, false);
    }

    /**
     * This chunk with the metadata that is new; nothing if it says nothing.
     *
     * @param withUsage whether the usage is more than a count so far
     */
    protected final List<CompletionChunk> emit(CompletionChunk chunk, boolean withUsage) {
        answered |= !chunk.text().isEmpty()
                || !chunk.refusal().isEmpty()
                || !chunk.toolCalls().isEmpty();
        CompletionChunk whole = chunk.info(metadata.next(chunk.hasContent(), withUsage));
        boolean silent =
                !whole.hasContent() && whole.info() == null && whole.extra().isEmpty();
        return silent ? List.of() : List.of(whole);
    }

    /** As {@link #emit(CompletionChunk)}, of one piece of a tool call. */
    protected final List<CompletionChunk> emit(ToolCallDelta delta) {
        return emit(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }

    /**
     * Throws why this is no answer where no words or calls have come and the reason does not explain it.
     *
     * @param others whether something else has come, such as a picture
     */
    protected final void requireAnswer(FinishReason finish, boolean others) {
        if (answered || others || finish.allowsEmpty()) {
            return;
        }
        if (!metadata.content()) {
            throw answer.empty();
        }
        if (finish == FinishReason.STOP) {
            throw answer.reasoningOnly();
        }
    }

    /** What the event is: its JSON says so, else the frame around it. */
    protected static String type(WireEvent event, JsonNode tree) {
        String type = Json.string(tree, "type");
        return type == null ? String.valueOf(event.type()) : type;
    }

    /** The answer that is read, for its failures. */
    protected final JsonAnswer answer() {
        return answer;
    }

    /** What is known of the answer as a whole. */
    protected final StreamMetadata metadata() {
        return metadata;
    }

    /** Whether words or calls have come, and not reasoning alone. */
    protected final boolean answered() {
        return answered;
    }

    /** Where in the stream a failure stands. */
    protected final Phase phase() {
        return metadata.content() ? Phase.STREAM : Phase.BODY;
    }
}
