package io.aicore.anthropic;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonStreamDecoder;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.LlmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream. Events, blocks and deltas of a type that it does not know are passed over. Some gateways write {@code
 * [DONE]} instead of message_stop.
 */
final class AnthropicStreamDecoder extends JsonStreamDecoder {

    private final UsageReader usage = new UsageReader();
    private final TextDelta delta = new TextDelta();
    private final StreamedBlocks blocks = new StreamedBlocks();
    private final Map<String, Object> beside = new LinkedHashMap<>();
    private @Nullable String message;
    private FinishReason finish = FinishReason.UNKNOWN;
    private boolean stopped;

    AnthropicStreamDecoder(JsonAnswer answer) {
        super(answer);
    }

    @Override
    protected boolean isError(WireEvent event, JsonFields tree) {
        boolean untyped = tree.string("type") == null && event.type() == null;
        return ErrorsInside.in(tree) || (untyped && ErrorClassifier.complains(tree));
    }

    @Override
    protected LlmException failure(JsonFields tree, String data) {
        return ErrorsInside.failure(answer(), data, phase());
    }

    @Override
    protected boolean mayEnd() {
        return stopped;
    }

    @Override
    protected String missing() {
        return "the stream ended without a stop reason and without message_stop";
    }

    @Override
    protected @Nullable List<CompletionChunk> frequent(WireEvent event) {
        if (!delta.fits(event)) {
            return null;
        }
        String type = delta.isThought() ? "thinking" : "text";
        return words(blocks.last(delta.index(), type), delta.words());
    }

    @Override
    protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
        int index = tree.index("index");
        return switch (type(event, tree)) {
            case "message_start" -> begin(tree.at("message"));
            case "content_block_start" -> open(index, tree.at("content_block"));
            case "content_block_delta" -> grow(index, tree.at("delta"));
            case "content_block_stop" -> inputOf(blocks.stopped(index));
            case "message_delta" -> finish(tree);
            case "message_stop" -> last(close());
            default -> List.of();
        };
    }

    /** Gateways that ask again themselves begin the message anew: what came before counts for nothing. */
    private List<CompletionChunk> begin(JsonFields next) {
        String id = next.string("id");
        boolean another = message != null && id != null && !id.equals(message);
        if (another && metadata().content()) {
            throw answer().incomplete(phase(), "the stream broke off its message and began another one");
        }
        if (another) {
            blocks.clear();
            beside.clear();
            usage.clear();
            metadata().clear();
            stopped = false;
        }
        message = id == null ? message : id;
        metadata().identify(id, next.string("model"));
        counted(next);
        beside.putAll(Beside.of(next));
        return List.of();
    }

    private void counted(JsonFields holder) {
        usage.replace(holder.at("usage"));
        metadata().usage(usage.usage());
    }

    private List<CompletionChunk> open(int index, JsonFields start) {
        // Some gateways begin a block at an index whose block they did not end.
        List<CompletionChunk> chunks = new ArrayList<>(inputOf(blocks.stopped(index)));
        StreamedBlock block = blocks.started(index, start);
        chunks.addAll(block.isCall() ? begun(block) : words(block, block.startingWords()));
        return chunks;
    }

    private List<CompletionChunk> begun(StreamedBlock call) {
        return calls(new ToolCallDelta(call.toolIndex(), call.said("id"), call.said("name"), ""));
    }

    /** The delta's kind decides what it is, not its block's: gateways mix them up, and leave out a block's start. */
    private List<CompletionChunk> grow(int index, JsonFields delta) {
        switch (delta.text("type")) {
            case "text_delta" -> {
                return words(blocks.last(index, "text"), delta.text("text"));
            }
            case "thinking_delta" -> {
                return words(blocks.last(index, "thinking"), delta.text("thinking"));
            }
            case "input_json_delta" -> {
                return input(index, delta.text("partial_json"));
            }
            case "signature_delta" -> blocks.signed(index).signature(delta.text("signature"));
            case "citations_delta" -> blocks.last(index, "text").citation(delta.at("citation"));
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

    private List<CompletionChunk> inputOf(List<StreamedBlock> ended) {
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
        return emit(chunk, !metadata().content());
    }

    private List<CompletionChunk> finish(JsonFields tree) {
        counted(tree);
        beside.putAll(Beside.of(tree));
        String reason = tree.string("delta", "stop_reason");
        if (reason != null) {
            finish = StopReasons.of(reason, blocks.calls());
            stopped = true;
            metadata().finish(finish, reason);
        }
        String refusal = reason == null ? "" : StopReasons.refusal(finish, tree.at("delta"));
        return emit(new CompletionChunk("", "", refusal, List.of(), null, Map.of()), true);
    }

    @Override
    protected List<CompletionChunk> close() {
        boolean nothing = !metadata().content() && finish == FinishReason.STOP;
        requireAnswer(finish, blocks.thought(), blocks.others());
        // A call whose end was left out, or that the token limit cut.
        List<CompletionChunk> chunks = new ArrayList<>(inputOf(blocks.stopped()));
        if (blocks.special() || nothing) {
            beside.put(Blocks.KEPT, blocks.whole());
        }
        chunks.addAll(emit(CompletionChunk.text("").extra(beside)));
        return chunks;
    }

    /** A plain answer: what the events of its stream would say, and its blocks as they came. */
    Completion whole(JsonFields tree, List<JsonFields> content) {
        CompletionFold fold = new CompletionFold();
        begin(tree);
        for (int index = 0; index < content.size(); index++) {
            open(index, content.get(index)).forEach(fold::add);
            inputOf(blocks.stopped(index)).forEach(fold::add);
        }
        String reason = tree.string("stop_reason");
        FinishReason ended = StopReasons.of(reason, blocks.calls());
        metadata().finish(ended, reason);
        boolean nothing = ended == FinishReason.STOP && !answered();
        if (blocks.special() || nothing) {
            beside.put(Blocks.KEPT, content.stream().map(JsonFields::plain).toList());
        }
        String refusal = StopReasons.refusal(ended, tree);
        emit(new CompletionChunk("", "", refusal, List.of(), null, beside), true)
                .forEach(fold::add);
        return answer().answered(fold.completion(), blocks.thought(), blocks.others());
    }
}
