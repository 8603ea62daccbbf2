package io.aicore.bedrock;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.ToolArguments;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream. Its last two events are why the answer ended and what it cost, mostly in this order. Events, blocks and
 * deltas of a kind that it does not know are passed over.
 */
final class BedrockStreamDecoder extends JsonStreamDecoder {

    static final String INDEX = "contentBlockIndex";
    static final String DELTA = "contentBlockDelta";

    private static final Set<String> KINDS =
            Set.of("contentBlockStart", DELTA, "contentBlockStop", "messageStop", "metadata");

    private final TextDelta text = new TextDelta();
    private final StreamedBlocks blocks = new StreamedBlocks();
    private boolean stopped;
    private boolean counted;

    BedrockStreamDecoder(JsonAnswer answer) {
        super(answer);
    }

    /** Failures are kinds of frames, and need not hold JSON. */
    @Override
    public List<CompletionChunk> decode(WireEvent event) {
        String type = String.valueOf(event.type());
        if (ended()) {
            return List.of();
        }
        if (type.startsWith(EventStream.EXCEPTION)) {
            throw Failures.named(answer(), type.substring(EventStream.EXCEPTION.length()), event.data(), phase());
        }
        if (type.startsWith(EventStream.ERROR)) {
            throw Failures.named(answer(), type.substring(EventStream.ERROR.length()), event.data(), phase());
        }
        if (type.equals(EventStream.BROKEN)) {
            throw answer().malformed("broken_frame", event.data());
        }
        return KINDS.contains(type) ? super.decode(event) : List.of();
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        return false;
    }

    /** The cost may be left out. */
    @Override
    public List<CompletionChunk> end() {
        return stopped ? List.of() : super.end();
    }

    @Override
    protected String missing() {
        return "the stream ended without messageStop";
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (!text.fits(event)) {
            return null;
        }
        blocks.words(text.index()).grow(text.text());
        List<CompletionChunk> chunks = emit(CompletionChunk.text(text.text()));
        return stopped && counted ? last(chunks) : chunks;
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        List<CompletionChunk> chunks = switch (String.valueOf(event.type())) {
            case "contentBlockStart" -> open(tree);
            case DELTA -> grow(tree);
            case "contentBlockStop" -> closed(tree);
            case "messageStop" -> stop(tree);
            default -> count(tree);
        };
        return stopped && counted ? last(chunks) : chunks;
    }

    private List<CompletionChunk> open(JsonFields tree) {
        List<CompletionChunk> chunks = new ArrayList<>(closed(tree));
        chunks.addAll(begun(blocks.started(tree.index(INDEX), tree.at("start"))));
        return chunks;
    }

    private List<CompletionChunk> begun(StreamedBlock block) {
        return block.toolIndex() < 0
                ? List.of()
                : emit(new ToolCallDelta(block.toolIndex(), block.said("toolUseId"), block.said("name"), ""));
    }

    /** The delta's kind decides what it is; a block begins with it where nothing was announced. */
    private List<CompletionChunk> grow(JsonFields tree) {
        JsonFields delta = tree.at("delta");
        StreamedBlock known = blocks.growing(tree.index(INDEX), delta);
        StreamedBlock block = known == null ? blocks.begun(tree.index(INDEX), delta) : known;
        List<CompletionChunk> chunks = new ArrayList<>(known == null ? begun(block) : List.of());
        block.grow(delta);
        chunks.addAll(told(block, delta));
        return chunks;
    }

    private List<CompletionChunk> told(StreamedBlock block, JsonFields delta) {
        String text = delta.text("text");
        String thought = delta.text("reasoningContent", "text");
        String input = delta.text("toolUse", "input");
        if (!text.isEmpty()) {
            return emit(CompletionChunk.text(text));
        }
        if (!thought.isEmpty()) {
            return emit(CompletionChunk.reasoning(thought));
        }
        return block.toolIndex() >= 0 && !input.isEmpty()
                ? emit(new ToolCallDelta(block.toolIndex(), null, null, input))
                : List.of();
    }

    private List<CompletionChunk> closed(JsonFields tree) {
        return rest(blocks.stopped(tree.index(INDEX)));
    }

    private List<CompletionChunk> rest(List<StreamedBlock> ended) {
        List<CompletionChunk> chunks = new ArrayList<>();
        for (StreamedBlock block : ended) {
            if (block.lacksInput()) {
                chunks.addAll(emit(new ToolCallDelta(block.toolIndex(), null, null, ToolArguments.NONE)));
            }
        }
        return chunks;
    }

    private List<CompletionChunk> stop(JsonFields tree) {
        String reason = tree.string("stopReason");
        FinishReason finish = CompletionDecoder.STOP_REASONS.of(reason, blocks.calls());
        boolean nothing = !metadata().content() && finish == FinishReason.STOP;
        requireAnswer(finish, blocks.thought(), blocks.others());
        stopped = true;
        // A call whose end was left out.
        List<CompletionChunk> chunks = new ArrayList<>(rest(blocks.stopped()));
        Map<String, Object> extra = Beside.of(tree);
        if (blocks.special() || nothing) {
            extra.put(Blocks.KEPT, blocks.whole());
        }
        metadata().finish(finish, reason);
        chunks.addAll(emit(CompletionChunk.text("").extra(extra)));
        return chunks;
    }

    private List<CompletionChunk> count(JsonFields tree) {
        counted = true;
        String served = Blocks.servedBy(tree, answer().model());
        Usage usage = UsageReader.of(tree.at("usage"));
        return List.of(CompletionChunk.of(new ChunkInfo(null, served, null, null, usage, null))
                .extra(Beside.of(tree)));
    }
}
