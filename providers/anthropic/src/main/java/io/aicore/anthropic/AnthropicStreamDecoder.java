package io.aicore.anthropic;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads one stream. Events, blocks and deltas of a type that it does not know are passed over. */
final class AnthropicStreamDecoder implements StreamDecoder {

    private final ErrorClassifier errors;
    private final @Nullable String model;
    private final WireResponse head;

    private final UsageReader usage = new UsageReader();
    private final StreamedBlocks blocks = new StreamedBlocks();
    private final Map<String, Object> beside = new LinkedHashMap<>();
    private JsonNode message = Json.read("");
    private @Nullable Usage told;
    private FinishReason finish = FinishReason.UNKNOWN;
    private boolean stopped;
    private boolean introduced;
    private boolean content;
    private boolean ended;

    AnthropicStreamDecoder(ErrorClassifier errors, @Nullable String model, WireResponse head) {
        this.errors = errors;
        this.model = model;
        this.head = head;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String data = event.data().strip();
        if (ended || data.isEmpty()) {
            return List.of();
        }
        if (event.isDone()) {
            // Gateways write it, here as elsewhere; some of them instead of message_stop.
            return stopped ? stop() : List.of();
        }
        boolean error = "error".equals(event.type());
        JsonNode tree;
        try {
            tree = Json.read(data);
        } catch (MalformedJsonException e) {
            if (error) {
                throw ErrorsInside.failure(errors, model, head, data, phase());
            }
            throw errors.unreadable(model, head, event, e, phase());
        }
        if (error || ErrorsInside.in(tree)) {
            throw ErrorsInside.failure(errors, model, head, data, phase());
        }
        String type = Json.string(tree, "type");
        if (type == null && event.type() == null && ErrorClassifier.complains(tree)) {
            throw ErrorsInside.failure(errors, model, head, data, phase());
        }
        return switch (type == null ? String.valueOf(event.type()) : type) {
            case "message_start" -> begin(tree.path("message"));
            case "content_block_start" -> open(index(tree), tree.path("content_block"));
            case "content_block_delta" -> grow(index(tree), tree.path("delta"));
            case "content_block_stop" -> close(blocks.stopped(index(tree)));
            case "message_delta" -> finish(tree);
            case "message_stop" -> stop();
            default -> List.of();
        };
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
        if (stopped) {
            return stop();
        }
        throw errors.incomplete(
                model, head, phase(), "the stream ended without a stop reason and without message_stop");
    }

    /** Gateways that ask again themselves begin the message anew: what came before counts for nothing. */
    private List<CompletionChunk> begin(JsonNode next) {
        String id = Json.string(next, "id");
        boolean another = message.isObject() && id != null && !id.equals(Json.string(message, "id"));
        if (another && content) {
            throw errors.incomplete(model, head, phase(), "the stream broke off its message and began another one");
        }
        if (another) {
            blocks.clear();
            beside.clear();
            usage.clear();
            stopped = false;
        }
        message = next;
        usage.replace(next.path("usage"));
        beside.putAll(Beside.of(next));
        return List.of();
    }

    private List<CompletionChunk> open(int index, JsonNode start) {
        // Some gateways begin a block at an index whose block they did not end.
        List<CompletionChunk> chunks = new ArrayList<>(close(blocks.stopped(index)));
        StreamedBlock block = blocks.started(index, start);
        chunks.addAll(block.isCall() ? begun(block) : words(block, block.startingWords()));
        return chunks;
    }

    private List<CompletionChunk> begun(StreamedBlock call) {
        return calls(new ToolCallDelta(call.toolIndex(), call.said("id"), call.said("name"), ""));
    }

    /** The delta's kind decides what it is, not its block's: gateways mix them up, and leave out a block's start. */
    private List<CompletionChunk> grow(int index, JsonNode delta) {
        switch (orEmpty(delta, "type")) {
            case "text_delta" -> {
                return words(blocks.last(index, "text"), orEmpty(delta, "text"));
            }
            case "thinking_delta" -> {
                return words(blocks.last(index, "thinking"), orEmpty(delta, "thinking"));
            }
            case "input_json_delta" -> {
                return input(index, orEmpty(delta, "partial_json"));
            }
            case "signature_delta" -> blocks.signed(index).signature(orEmpty(delta, "signature"));
            case "citations_delta" -> blocks.last(index, "text").citation(delta.path("citation"));
            default -> {
                // A kind to come.
            }
        }
        return List.of();
    }

    private List<CompletionChunk> input(int index, String json) {
        StreamedBlock known = blocks.withInput(index);
        if (known == null && json.isEmpty()) {
            return List.of();
        }
        StreamedBlock block = known == null ? blocks.started(index, StreamedBlocks.empty("tool_use")) : known;
        List<CompletionChunk> chunks = new ArrayList<>(known == null ? begun(block) : List.of());
        block.input(json);
        if (block.isCall() && !json.isEmpty()) {
            chunks.addAll(calls(new ToolCallDelta(block.toolIndex(), null, null, json)));
        }
        return chunks;
    }

    private List<CompletionChunk> close(List<StreamedBlock> ended) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (StreamedBlock block : ended) {
            String missing = block.isCall() ? block.missingInput() : "";
            block.input(missing);
            if (!missing.isEmpty()) {
                chunks.addAll(calls(new ToolCallDelta(block.toolIndex(), null, null, missing)));
            }
        }
        return chunks;
    }

    private List<CompletionChunk> words(StreamedBlock block, String words) {
        block.words(words);
        if (words.isEmpty()) {
            return List.of();
        }
        return switch (block.type()) {
            case "text" -> told(CompletionChunk.text(words));
            case "thinking" -> told(CompletionChunk.reasoning(words));
            default -> List.of();
        };
    }

    private List<CompletionChunk> calls(ToolCallDelta delta) {
        return told(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }

    /** The first chunk says who answers, and what is known of the cost. */
    private List<CompletionChunk> told(CompletionChunk chunk) {
        content = true;
        return List.of(chunk.info(introduced ? null : info(null)));
    }

    private List<CompletionChunk> finish(JsonNode tree) {
        usage.replace(tree.path("usage"));
        beside.putAll(Beside.of(tree));
        String reason = Json.string(tree, "delta", "stop_reason");
        FinishReason known = StopReasons.of(reason);
        String refusal = StopReasons.refusal(known, tree.path("delta"));
        finish = reason == null ? finish : known;
        stopped |= reason != null;
        content |= !refusal.isEmpty();
        Usage now = usage.usage();
        if (reason == null && (now == null || now.equals(told))) {
            return List.of();
        }
        return List.of(new CompletionChunk("", "", refusal, List.of(), info(reason), Map.of()));
    }

    private ChunkInfo info(@Nullable String reason) {
        boolean introduce = !introduced;
        introduced = true;
        Usage now = usage.usage();
        boolean news = now != null && !now.equals(told);
        told = now;
        return new ChunkInfo(
                introduce ? Json.string(message, "id") : null,
                introduce ? Json.string(message, "model") : null,
                reason == null ? null : finish,
                reason,
                news ? now : null,
                null);
    }

    private List<CompletionChunk> stop() {
        boolean special = blocks.special();
        // That the model has nothing to say is an answer: its blocks, of which there are none.
        boolean nothing = !content && finish == FinishReason.STOP;
        if (!content && !special && !nothing && !StopReasons.explainsEmptiness(finish)) {
            throw errors.empty(model, head);
        }
        ended = true;
        // A call whose end was left out, or that the token limit cut.
        List<CompletionChunk> chunks = new ArrayList<>(close(blocks.stopped()));
        if (special || nothing) {
            beside.put(Blocks.KEPT, blocks.whole());
        }
        if (!beside.isEmpty()) {
            chunks.add(CompletionChunk.text("").extra(beside));
        }
        return chunks;
    }

    private Phase phase() {
        return content ? Phase.STREAM : Phase.BODY;
    }

    private static int index(JsonNode tree) {
        Long index = Json.whole(tree, "index");
        return index == null ? 0 : (int) Math.max(0, Math.min(index, Integer.MAX_VALUE));
    }

    private static String orEmpty(JsonNode node, String name) {
        String value = Json.string(node, name);
        return value == null ? "" : value;
    }
}
