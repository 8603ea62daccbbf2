package io.aicore.openai;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads one stream of the Responses API. Each event says its kind; a kind that nobody knows changes nothing. Events are
 * numbered: a response in the background is taken up after the last one that came.
 */
final class ResponsesStreamDecoder implements StreamDecoder {

    private final ErrorClassifier errors;
    private final @Nullable String model;
    private final Endpoint endpoint;
    private final boolean background;
    private final CallerTools tools;
    private final StreamedOutput output;

    private WireResponse head;
    private long last = -1;
    private boolean resumed;
    private boolean failed;
    private @Nullable String id;
    private @Nullable String servedBy;
    private boolean introduced;
    private boolean ended;

    ResponsesStreamDecoder(Endpoint endpoint, CompletionRequest request, WireResponse head) {
        this.errors = endpoint.errors();
        this.endpoint = endpoint;
        this.background = ResponsesEncoder.inBackground(request);
        this.model = request.model();
        this.head = head;
        this.tools = CallerTools.of(request);
        this.output = new StreamedOutput(tools);
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        // Some hosts end it as chat completions end; here the last event says so.
        if (ended || data.isEmpty() || event.isDone()) {
            return List.of();
        }
        JsonNode tree = tree(event);
        String said = Json.string(tree, "type");
        String type = said == null ? String.valueOf(event.type()) : said;
        if (type.equals("error") || (!type.startsWith("response.") && ErrorsInside.in(tree))) {
            failed = true;
            throw errors.inStream(model, head, data, phase());
        }
        Long number = Json.whole(tree, "sequence_number");
        if (resumed && number != null && number <= last) {
            // Has come already.
            return List.of();
        }
        ResponseObject response = new ResponseObject(tree.path("response"), tools);
        identify(response);
        List<CompletionChunk> chunks = switch (type) {
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled" -> last(response);
            default -> introduced(output.next(type, tree));
        };
        last = number == null ? last : number;
        return chunks;
    }

    @Override
    public @Nullable WireRequest resume() {
        // What the provider itself has given up is not to be had later either.
        return background && !failed && !ended && id != null && last >= 0
                ? endpoint.get(id, true, "stream=true&starting_after=" + last)
                : null;
    }

    @Override
    public void resumed(WireResponse head) {
        this.head = head;
        this.resumed = true;
    }

    private JsonNode tree(WireEvent event) {
        try {
            return Json.read(event.data());
        } catch (MalformedJsonException e) {
            LlmException failure = errors.unreadable(model, head, event, e, phase());
            failed = !(failure instanceof MalformedResponseException);
            throw failure;
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public List<CompletionChunk> end() {
        if (!ended) {
            throw errors.incomplete(model, head, phase(), "the stream ended before the response was completed");
        }
        return List.of();
    }

    private List<CompletionChunk> last(ResponseObject response) {
        LlmException failure = response.failure(errors, model, head, phase());
        if (failure != null) {
            failed = true;
            throw failure;
        }
        List<CompletionChunk> chunks = new ArrayList<>(introduced(output.rest(response.output())));
        Output all = response.output().items().isEmpty() ? output.items() : response.output();
        FinishReason finish = response.finish(output.calls(), output.refused());
        if (!output.answers() && !all.hasOthers() && !ResponseObject.explainsEmptiness(finish)) {
            failed = true;
            if (!output.any()) {
                throw errors.empty(model, head);
            }
            if (finish == FinishReason.STOP) {
                throw errors.reasoningOnly(model, head);
            }
            failed = false;
        }
        ended = true;
        ChunkInfo info = new ChunkInfo(
                introduced ? null : id,
                introduced ? null : servedBy,
                finish,
                response.reason(),
                UsageReader.of(response.tree()),
                null);
        chunks.add(CompletionChunk.of(info).extra(response.extra(all)));
        return chunks;
    }

    /** The first chunk says who answers. */
    private List<CompletionChunk> introduced(List<CompletionChunk> chunks) {
        if (introduced || id == null || chunks.isEmpty()) {
            return chunks;
        }
        introduced = true;
        List<CompletionChunk> all = new ArrayList<>(chunks);
        all.set(0, chunks.get(0).info(ChunkInfo.of(id, servedBy)));
        return all;
    }

    private void identify(ResponseObject response) {
        id = id == null ? response.id() : id;
        servedBy = servedBy == null ? response.model() : servedBy;
    }

    private Phase phase() {
        return output.any() ? Phase.STREAM : Phase.BODY;
    }
}
