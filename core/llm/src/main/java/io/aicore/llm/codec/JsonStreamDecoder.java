package io.aicore.llm.codec;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Base class of decoders for streams with JSON events. It skips empty events and those after the last one, raises
 * errors in events, handles {@code [DONE]} and the connection's end, and adds metadata to the chunks. A subclass
 * defines errors, the meaning of events, and when an answer is complete.
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

    /** Whether this event is an error; events of type {@code error} always are. */
    protected abstract boolean isError(WireEvent event, JsonFields tree);

    /** The chunks of an event that is not an error. */
    protected abstract List<CompletionChunk> next(WireEvent event, JsonFields tree);

    /**
     * The chunks of an event of the kind that a stream is full of, read from its bytes without a tree; null if it is
     * another one, of which nothing was read: its tree is next. Must give what {@link #next} gives for the tree. Default:
     * null.
     */
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        return null;
    }

    /** What was missing when the connection ended too early, as a sentence. */
    protected abstract String missing();

    /** Whether the answer is complete, so that {@code [DONE]} or the connection's end may end it. Default: no. */
    protected boolean mayEnd() {
        return false;
    }

    /** The last chunks of an answer ended by {@code [DONE]} or the connection's end. Default: none. */
    protected List<CompletionChunk> close() {
        return List.of();
    }

    /** Handles {@code [DONE]}, which gateways append to any protocol. Default: ends the answer if it is complete. */
    protected List<CompletionChunk> done() {
        return mayEnd() ? last(close()) : List.of();
    }

    /**
     * The failure that an event reports.
     *
     * @param tree the event's JSON; a missing node if it is not JSON
     */
    protected LlmException failure(JsonFields tree, String data) {
        return answer.reported(data, phase());
    }

    /** Handles an event that is neither JSON nor the text of an error. Default: throws the failure. */
    protected List<CompletionChunk> unreadable(LlmException failure) {
        throw failure;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        if (ended) {
            return List.of();
        }
        boolean error = "error".equals(event.type());
        List<CompletionChunk> frequent = error ? null : frequent(event);
        return frequent == null ? parsed(event, error) : frequent;
    }

    private List<CompletionChunk> parsed(WireEvent event, boolean error) {
        String data = event.data().strip();
        if (data.isEmpty()) {
            return List.of();
        }
        if (event.isDone()) {
            return done();
        }
        if (event.isCut()) {
            throw answer.incomplete(phase(), "the stream is an array without an end");
        }
        JsonFields tree;
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

    /** Ends the stream with these chunks; later events are not read. */
    protected final List<CompletionChunk> last(List<CompletionChunk> chunks) {
        ended = true;
        return chunks;
    }

    /** This chunk with new metadata except the usage; empty if it has no content and there is none. */
    protected final List<CompletionChunk> emit(CompletionChunk chunk) {
        return emit(chunk, false);
    }

    /**
     * This chunk with new metadata; empty if it has no content and there is none.
     *
     * @param withUsage whether the usage is final rather than a running count
     */
    protected final List<CompletionChunk> emit(CompletionChunk chunk, boolean withUsage) {
        answered |= !chunk.text().isEmpty()
                || !chunk.refusal().isEmpty()
                || !chunk.toolCalls().isEmpty();
        ChunkInfo info = metadata.next(chunk.hasContent(), withUsage);
        CompletionChunk whole = info == null && chunk.info() == null ? chunk : chunk.info(info);
        boolean silent =
                !whole.hasContent() && whole.info() == null && whole.extra().isEmpty();
        return silent ? List.of() : List.of(whole);
    }

    /** As {@link #emit(CompletionChunk)}, for a fragment of a tool call. */
    protected final List<CompletionChunk> emit(ToolCallDelta delta) {
        return emit(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }

    /**
     * Throws the failure of an empty answer if there was neither text nor a call, and the finish reason does not
     * explain it.
     *
     * @param others whether there was other output, such as an image
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

    /**
     * As {@link #requireAnswer(FinishReason, boolean)}, for a protocol whose answers are blocks, where none at all and a
     * finish reason of {@link FinishReason#STOP} mean that the model has nothing to say.
     *
     * @param thought whether there were blocks of reasoning, in words or encrypted
     * @param others whether there were blocks that are neither text, calls nor reasoning
     */
    protected final void requireAnswer(FinishReason finish, boolean thought, boolean others) {
        boolean stop = finish == FinishReason.STOP;
        if (stop && thought && !answered && !others) {
            throw answer.reasoningOnly();
        }
        requireAnswer(finish, others || thought || stop);
    }

    /** The type of the event, from its JSON, otherwise from its frame. */
    protected static String type(WireEvent event, JsonFields tree) {
        String type = tree.string("type");
        return type == null ? String.valueOf(event.type()) : type;
    }

    /** The response, for creating failures. */
    protected final JsonAnswer answer() {
        return answer;
    }

    /** The accumulated metadata. */
    protected final StreamMetadata metadata() {
        return metadata;
    }

    /** Whether there was text or a call, not only reasoning. */
    protected final boolean answered() {
        return answered;
    }

    /** The phase for failures at this position in the stream. */
    protected final Phase phase() {
        return metadata.content() ? Phase.STREAM : Phase.BODY;
    }
}
