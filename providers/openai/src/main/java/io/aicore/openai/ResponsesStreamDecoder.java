package io.aicore.openai;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.completions.ChatErrors;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one stream of the Responses API. Each event has a type; unknown types are ignored. Events are numbered: a
 * response in the background is resumed after the last one received. {@code [DONE]} has no effect.
 */
final class ResponsesStreamDecoder extends JsonStreamDecoder {

    private final JsonEndpoint endpoint;
    private final boolean background;
    private final CallerTools tools;
    private final StreamedOutput output;
    private final TextDelta delta = new TextDelta();

    private long lastNumber = -1;
    private boolean resumed;
    private boolean failed;

    ResponsesStreamDecoder(JsonEndpoint endpoint, CompletionRequest request, WireResponse head) {
        super(endpoint.answer(request.model(), head));
        this.endpoint = endpoint;
        this.background = ResponsesEncoder.inBackground(request);
        this.tools = CallerTools.of(request);
        this.output = new StreamedOutput(tools);
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        String type = type(event, tree);
        return type.equals("error") || (!type.startsWith("response.") && ChatErrors.in(tree));
    }

    @Override
    protected LlmException failure(JsonFields tree, String data) {
        failed = true;
        return super.failure(tree, data);
    }

    @Override
    protected List<CompletionChunk> unreadable(LlmException failure) {
        failed = !(failure instanceof MalformedResponseException);
        throw failure;
    }

    @Override
    protected String missing() {
        return "the stream ended before the response was completed";
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (!delta.fits(event)) {
            return null;
        }
        if (isKnown(delta.number())) {
            return List.of();
        }
        List<CompletionChunk> chunks = emitted(output.text(delta.item(), delta.words()));
        lastNumber = delta.number() < 0 ? lastNumber : delta.number();
        return chunks;
    }

    /** Whether the event of this number has come already; a negative one is none. */
    private boolean isKnown(long number) {
        return resumed && number >= 0 && number <= lastNumber;
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        Long number = tree.whole("sequence_number");
        if (resumed && number != null && number <= lastNumber) {
            // Has come already.
            return List.of();
        }
        ResponseObject response = new ResponseObject(tree.at("response"), tools);
        metadata().identify(response.id(), response.model());
        String type = type(event, tree);
        List<CompletionChunk> chunks = switch (type) {
            case "response.completed", "response.incomplete", "response.failed", "response.cancelled" ->
                last(finished(response));
            default -> emitted(output.next(type, tree));
        };
        lastNumber = number == null ? lastNumber : number;
        return chunks;
    }

    @Override
    public @Nullable WireRequest resume() {
        String id = metadata().id();
        // What the provider itself has given up is not to be had later either.
        return background && !failed && !ended() && id != null && lastNumber >= 0
                ? endpoint.get(id, true, "stream=true&starting_after=" + lastNumber)
                : null;
    }

    @Override
    public void resumed(WireResponse head) {
        super.resumed(head);
        this.resumed = true;
    }

    private List<CompletionChunk> finished(ResponseObject response) {
        LlmException failure = response.failure(answer(), phase());
        if (failure != null) {
            failed = true;
            throw failure;
        }
        List<CompletionChunk> chunks = new ArrayList<>(emitted(output.rest(response.output())));
        Output all = response.output().items().isEmpty() ? output.items() : response.output();
        FinishReason finish = response.finish(output.calls(), output.refused());
        failed = true;
        requireAnswer(finish, all.hasOthers() || finish == FinishReason.CANCELLED);
        failed = false;
        metadata().finish(finish, response.reason());
        metadata().usage(ChatUsage.of(response.tree()));
        chunks.addAll(emit(CompletionChunk.text("").extra(response.extra(all)), true));
        return chunks;
    }

    private List<CompletionChunk> emitted(List<CompletionChunk> chunks) {
        if (chunks.size() == 1) {
            return emit(chunks.get(0));
        }
        return chunks.stream().flatMap(chunk -> emit(chunk).stream()).toList();
    }
}
