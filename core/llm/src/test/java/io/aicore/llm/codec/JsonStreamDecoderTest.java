package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonStreamDecoderTest {

    /** Words, thoughts, a call; {@code end} ends it, {@code finish} only says why it would. */
    private static final class Sample extends JsonStreamDecoder {

        Sample() {
            super(new JsonAnswer(
                    new ErrorClassifier("acme"),
                    "m-1",
                    new WireResponse(200, WireHeaders.EMPTY, new byte[0], Instant.EPOCH)));
        }

        @Override
        protected boolean isError(WireEvent event, JsonFields tree) {
            return JsonAnswer.hasError(tree);
        }

        @Override
        protected boolean mayEnd() {
            return metadata().finish() != null;
        }

        @Override
        protected List<CompletionChunk> close() {
            requireAnswer(FinishReason.STOP, false);
            return emit(CompletionChunk.text(""), true);
        }

        @Override
        protected List<CompletionChunk> next(WireEvent event, JsonFields tree) {
            return switch (type(event, tree)) {
                case "begin" -> {
                    metadata().identify("a-1", "m-1-dated");
                    yield List.of();
                }
                case "thought" -> emit(CompletionChunk.reasoning("hm"));
                case "call" -> emit(new ToolCallDelta(0, "c-1", "f", "{}"));
                case "finish" -> {
                    metadata().finish(FinishReason.STOP, "done");
                    metadata().usage(Usage.of(9, 4));
                    yield List.of();
                }
                case "end" -> last(close());
                default -> emit(CompletionChunk.text(tree.text("text")));
            };
        }

        @Override
        protected String missing() {
            return "no end came";
        }
    }

    private final Sample decoder = new Sample();

    private List<CompletionChunk> feed(String data) {
        return decoder.decode(new WireEvent(null, data));
    }

    private LlmException failure(WireEvent event) {
        return catchThrowableOfType(LlmException.class, () -> decoder.decode(event));
    }

    @Test
    void theFirstContentSaysWhoAnswersAndTheEndWhyAndForHowMuch() {
        feed("{\"type\":\"begin\"}");

        assertThat(feed("{\"text\":\"\"}")).isEmpty();
        assertThat(feed("{\"text\":\"hi\"}")).singleElement().satisfies(chunk -> {
            assertThat(chunk.text()).isEqualTo("hi");
            assertThat(chunk.info().id()).isEqualTo("a-1");
            assertThat(chunk.info().model()).isEqualTo("m-1-dated");
        });
        assertThat(feed("{\"text\":\"ho\"}").get(0).info()).isNull();
        feed("{\"type\":\"finish\"}");
        assertThat(feed("{\"type\":\"end\"}").get(0).info()).satisfies(info -> {
            assertThat(info.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(info.usage()).isEqualTo(Usage.of(9, 4));
        });
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void whatFollowsTheEndIsNotRead() {
        feed("{\"text\":\"hi\"}");
        feed("{\"type\":\"end\"}");

        assertThat(feed("no JSON at all")).isEmpty();
        assertThat(feed("[DONE]")).isEmpty();
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void doneAndTheConnectionEndOnlyAnAnswerThatIsWhole() {
        feed("{\"text\":\"hi\"}");
        assertThat(feed("[DONE]")).isEmpty();
        assertThat(decoder.ended()).isFalse();
        LlmException broken = catchThrowableOfType(LlmException.class, decoder::end);
        assertThat(broken.category()).isEqualTo(ErrorCategory.INCOMPLETE_STREAM);
        assertThat(broken).hasMessageContaining("no end came");

        feed("{\"type\":\"finish\"}");
        assertThat(feed(" [DONE] ").get(0).info().rawFinishReason()).isEqualTo("done");
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void errorsAreRaisedWhereverTheyStand() {
        assertThat(failure(new WireEvent(null, "{\"error\":{\"code\":\"overloaded\"}}")))
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.OVERLOADED))
                .satisfies(failure -> assertThat(failure.details().phase()).isEqualTo(Phase.BODY));
        feed("{\"text\":\"hi\"}");
        assertThat(failure(new WireEvent("error", "{\"code\":\"rate_limit_exceeded\"}")))
                .satisfies(failure -> assertThat(failure.category()).isEqualTo(ErrorCategory.RATE_LIMITED))
                .satisfies(failure -> assertThat(failure.details().phase()).isEqualTo(Phase.STREAM));
        assertThat(failure(new WireEvent("error", "the server is overloaded")).category())
                .isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(failure(new WireEvent(null, "{\"text\":")).category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    @Test
    void anEndWithoutAnAnswerSaysWhatCame() {
        assertThat(failure(new WireEvent("end", "{}")).code()).isEqualTo(ErrorClassifier.EMPTY_COMPLETION);
        feed("{\"type\":\"thought\"}");
        assertThat(failure(new WireEvent("end", "{}")).code()).isEqualTo(ErrorClassifier.REASONING_ONLY);
        feed("{\"type\":\"call\"}");
        assertThat(decoder.ended()).isFalse();
        decoder.decode(new WireEvent("end", "{}"));
        assertThat(decoder.ended()).isTrue();
    }
}
