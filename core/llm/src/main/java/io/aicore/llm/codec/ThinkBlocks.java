package io.aicore.llm.codec;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a protocol and turns think blocks into reasoning. Open models write their thoughts between {@code <think>} and
 * {@code </think>} (or {@code <thinking>} and {@code </thinking>}) before the answer, and hosts whose parser does not
 * know the model pass them on as text. A block is recognized if the text begins with it, after white space; it becomes
 * the answer's {@code reasoning}, and the text begins after the blank lines that follow. An unclosed block is all
 * reasoning; without anything else and without another finish reason, the answer is an error, like every answer with
 * reasoning only. A stream is delayed only by characters that may become a tag; a stream that breaks loses those few.
 *
 * <p>A text that begins inside a block, because the prompt contained the opening tag, stays text: in a stream it cannot
 * be distinguished from an answer until it ends. Such a server needs its own reasoning parser. A typed answer is found
 * after it nevertheless.
 */
public final class ThinkBlocks implements ChatCodec {

    /** The provider option that selects whether think blocks are text or reasoning. */
    public static final String OPTION = "think_blocks";

    private static final String REASONING = "reasoning";
    private static final String TEXT = "text";

    private final ChatCodec codec;
    private final ErrorClassifier errors;
    private final Predicate<CompletionRequest> where;

    private ThinkBlocks(ChatCodec codec, ErrorClassifier errors, Predicate<CompletionRequest> where) {
        this.codec = codec;
        this.errors = errors;
        this.where = where;
    }

    /** Wraps this protocol; {@code errors} creates the failure of an answer with reasoning only. */
    public static ChatCodec in(ChatCodec codec, ErrorClassifier errors) {
        return new ThinkBlocks(codec, errors, request -> true);
    }

    /**
     * Wraps this protocol according to the option {@code think_blocks}, which is {@code reasoning} or {@code text}.
     *
     * @param where the requests whose blocks become reasoning if the option is not set
     * @throws IllegalArgumentException if the option has another value
     */
    public static ChatCodec in(
            ChatCodec codec, ErrorClassifier errors, Map<String, String> options, Predicate<CompletionRequest> where) {
        String option = options.get(OPTION);
        if (option == null) {
            return new ThinkBlocks(codec, errors, where);
        }
        return switch (option) {
            case REASONING -> in(codec, errors);
            case TEXT -> codec;
            default ->
                throw new IllegalArgumentException(
                        "options." + OPTION + ": '" + option + "' (expected: " + REASONING + " or " + TEXT + ")");
        };
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return codec.encode(request, stream);
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        Completion answer = codec.decode(request, response);
        return where.test(request) && ThinkSplitter.mayBegin(answer.text())
                ? answered(request, response, split(answer))
                : answer;
    }

    private Completion answered(CompletionRequest request, WireResponse response, Completion answer) {
        return answer.text().isEmpty() && answer.finishReason() == FinishReason.STOP
                ? errors.answered(request.model(), response, answer)
                : answer;
    }

    private static Completion split(Completion answer) {
        ThinkSplitter splitter = new ThinkSplitter();
        splitter.add(answer.text());
        splitter.end();
        String before = answer.reasoning();
        String reasoning = (before == null ? "" : before) + splitter.takeReasoning();
        return answer.text(splitter.takeText()).reasoning(reasoning);
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        StreamDecoder decoder = codec.streamDecoder(request, head);
        return where.test(request) ? new ThinkDecoder(decoder, new JsonAnswer(errors, request.model(), head)) : decoder;
    }

    @Override
    public @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
        return codec.followUp(request, response);
    }

    @Override
    public StreamFormat streamFormat() {
        return codec.streamFormat();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return codec.nativeJsonSchema(request);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return codec.warnings(request);
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return codec.classify(request, response);
    }

    @Override
    public String toString() {
        return codec.toString();
    }
}
