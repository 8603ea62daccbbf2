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
 * The answers of another protocol, with their think blocks as reasoning. Open models write their thoughts between {@code
 * <think>} and {@code </think>} (or {@code <thinking>} and {@code </thinking>}) before the answer, and a host whose own parser
 * does not know the model passes them on as text. A block counts where the text begins with it, after white space; it becomes
 * the answer's {@code reasoning}, and its text begins behind the blank lines that follow. A block that is never closed is all
 * reasoning; with nothing else and no other reason to end, the
 * answer is an error, as one of reasoning alone is everywhere. In a stream nothing waits but what may still become a tag; one that breaks lacks those few characters.
 *
 * <p>A text that begins in the middle of a block, because the prompt had the opening tag already, stays text: in a stream
 * nobody can tell it from an answer before it is over. Such a server needs a reasoning parser of its own. A typed answer is
 * found behind it all the same.
 */
public final class ThinkBlocks implements ChatCodec {

    /** The option of providers by which a block stays text, or becomes reasoning where that is not the default. */
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

    /** This protocol with think blocks as reasoning, and these errors where there is nothing else. */
    public static ChatCodec in(ChatCodec codec, ErrorClassifier errors) {
        return new ThinkBlocks(codec, errors, request -> true);
    }

    /**
     * The same as the options say: {@code think_blocks} is {@code reasoning} or {@code text}.
     *
     * @param where which answers have their blocks as reasoning where the options say nothing
     * @throws IllegalArgumentException if the option says something else
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
        return new Completion(
                answer.id(),
                answer.model(),
                splitter.takeText(),
                answer.toolCalls(),
                reasoning.isEmpty() ? null : reasoning,
                answer.refusal(),
                answer.finishReason(),
                answer.rawFinishReason(),
                answer.usage(),
                answer.provenance(),
                answer.extra());
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
