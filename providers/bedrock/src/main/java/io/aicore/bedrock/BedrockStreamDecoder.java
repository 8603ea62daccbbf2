package io.aicore.bedrock;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads one stream. Its last two events are why the answer ended and what it cost, mostly in this order. Events, blocks and deltas of a kind that it does not know are passed over.
 */
final class BedrockStreamDecoder implements StreamDecoder {

    private final JsonAnswer answer;

    private final StreamedBlocks blocks = new StreamedBlocks();
    private boolean content;
    private boolean stopped;
    private boolean counted;

    /** @param answer with the stream's head */
    BedrockStreamDecoder(JsonAnswer answer) {
        this.answer = answer;
    }

    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        if (ended()) {
            return List.of();
        }
        String type = String.valueOf(event.type());
        if (type.startsWith(EventStream.EXCEPTION)) {
            throw Failures.named(answer, type.substring(EventStream.EXCEPTION.length()), event.data(), phase());
        }
        if (type.startsWith(EventStream.ERROR)) {
            throw Failures.named(answer, type.substring(EventStream.ERROR.length()), event.data(), phase());
        }
        if (type.equals(EventStream.BROKEN)) {
            throw answer.malformed("broken_frame", event.data());
        }
        return switch (type) {
            case "contentBlockStart" -> open(read(event));
            case "contentBlockDelta" -> grow(read(event));
            case "contentBlockStop" -> close(read(event));
            case "messageStop" -> stop(read(event));
            case "metadata" -> count(read(event));
            default -> List.of();
        };
    }

    private JsonNode read(WireEvent event) {
        try {
            return Json.read(event.data());
        } catch (MalformedJsonException e) {
            throw answer.malformed("not_json", "an event of the stream is " + e.getMessage());
        }
    }

    @Override
    public boolean ended() {
        return stopped && counted;
    }

    @Override
    public List<CompletionChunk> end() {
        if (stopped) {
            return List.of();
        }
        throw answer.incomplete(phase(), "the stream ended without messageStop");
    }

    private List<CompletionChunk> open(JsonNode tree) {
        List<CompletionChunk> chunks = new ArrayList<>(close(tree));
        chunks.addAll(begun(blocks.started(index(tree), tree.path("start"))));
        return chunks;
    }

    private List<CompletionChunk> begun(StreamedBlock block) {
        return block.toolIndex() < 0
                ? List.of()
                : call(new ToolCallDelta(block.toolIndex(), block.said("toolUseId"), block.said("name"), ""));
    }

    /** The delta's kind decides what it is; a block begins with it where nothing was announced. */
    private List<CompletionChunk> grow(JsonNode tree) {
        JsonNode delta = tree.path("delta");
        StreamedBlock known = blocks.growing(index(tree), delta);
        StreamedBlock block = known == null ? blocks.begun(index(tree), delta) : known;
        List<CompletionChunk> chunks = new ArrayList<>(known == null ? begun(block) : List.of());
        block.grow(delta);
        chunks.addAll(told(block, delta));
        return chunks;
    }

    private List<CompletionChunk> told(StreamedBlock block, JsonNode delta) {
        String text = Blocks.orEmpty(delta, "text");
        String thought = Blocks.orEmpty(delta, "reasoningContent", "text");
        String input = Blocks.orEmpty(delta, "toolUse", "input");
        if (!text.isEmpty()) {
            return told(CompletionChunk.text(text));
        }
        if (!thought.isEmpty()) {
            return told(CompletionChunk.reasoning(thought));
        }
        return block.toolIndex() >= 0 && !input.isEmpty()
                ? call(new ToolCallDelta(block.toolIndex(), null, null, input))
                : List.of();
    }

    private List<CompletionChunk> close(JsonNode tree) {
        return rest(blocks.stopped(index(tree)));
    }

    private List<CompletionChunk> rest(List<StreamedBlock> ended) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (StreamedBlock block : ended) {
            if (block.lacksInput()) {
                chunks.addAll(call(new ToolCallDelta(block.toolIndex(), null, null, "{}")));
            }
        }
        return chunks;
    }

    private List<CompletionChunk> stop(JsonNode tree) {
        String reason = Json.string(tree, "stopReason");
        FinishReason finish = StopReasons.of(reason);
        boolean special = blocks.special();
        // That the model has nothing to say is an answer: its blocks, of which there are none.
        boolean nothing = !content && finish == FinishReason.STOP;
        if (!content && !special && !nothing && !StopReasons.explainsEmptiness(finish)) {
            throw answer.empty();
        }
        stopped = true;
        // A call whose end was left out.
        List<CompletionChunk> chunks = new ArrayList<>(rest(blocks.stopped()));
        CompletionChunk end = CompletionChunk.of(ChunkInfo.of(finish, reason));
        Map<String, Object> extra = Beside.of(tree);
        if (special || nothing) {
            extra.put(Blocks.KEPT, blocks.whole());
        }
        chunks.add(end.extra(extra));
        return chunks;
    }

    private List<CompletionChunk> count(JsonNode tree) {
        counted = true;
        String served = Blocks.servedBy(tree, answer.model());
        Usage usage = UsageReader.of(tree.path("usage"));
        return List.of(CompletionChunk.of(new ChunkInfo(null, served, null, null, usage, null))
                .extra(Beside.of(tree)));
    }

    private List<CompletionChunk> call(ToolCallDelta delta) {
        return told(new CompletionChunk("", "", "", List.of(delta), null, Map.of()));
    }

    private List<CompletionChunk> told(CompletionChunk chunk) {
        content = true;
        return List.of(chunk);
    }

    private Phase phase() {
        return content ? Phase.STREAM : Phase.BODY;
    }

    private static int index(JsonNode tree) {
        Long index = Json.whole(tree, "contentBlockIndex");
        return index == null ? 0 : (int) Math.max(0, Math.min(index, Integer.MAX_VALUE));
    }
}
