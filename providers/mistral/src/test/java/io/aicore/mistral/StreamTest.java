package io.aicore.mistral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamTest extends Fixtures {

    private static String call(String fields) {
        return "{\"tool_calls\":[{" + fields + "}],\"content\":\"\"}";
    }

    @Test
    void readsAStream() {
        StreamDecoder decoder = decoder();

        assertThat(feed(decoder, hello()))
                .containsExactly(
                        CompletionChunk.text("Hel").info(ChunkInfo.of("cmpl-1", "m-1-dated")),
                        CompletionChunk.text("lo")
                                .info(new ChunkInfo(
                                        null, null, FinishReason.STOP, "stop", new Usage(9, 4, 2, 0, 0), null)));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void eventsWithoutNewsGiveNoChunk() {
        assertThat(feed(
                        decoder(),
                        "",
                        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                        delta("{\"content\":null}"),
                        "{\"choices\":[]}",
                        "{}",
                        "{\"choices\":[{\"index\":0}]}"))
                .isEmpty();
    }

    @Test
    void thinkingIsPutTogetherAgain() {
        Completion answer = stream(
                delta("{\"content\":[" + thinking("The user", false) + "]}"),
                delta("{\"content\":[" + thinking(" asks.", true) + "]}"),
                delta("{\"content\":[" + thinking("More.", true) + "]}"),
                delta("{\"content\":\"Par\"}"),
                delta(
                        "{\"content\":[{\"type\":\"text\",\"text\":\"is\"},{\"type\":\"reference\",\"reference_ids\":[1]}]}"),
                last("{\"content\":\".\"}", "stop"));

        assertThat(answer.reasoning()).isEqualTo("The user asks.More.");
        assertThat(answer.text()).isEqualTo("Paris.");
        assertThat(answer.extra().get("mistral_content"))
                .isEqualTo(List.of(
                        thought("The user asks."),
                        thought("More."),
                        Map.of("type", "text", "text", "Paris"),
                        Map.of("type", "reference", "reference_ids", List.of(1)),
                        Map.of("type", "text", "text", ".")));
    }

    @Test
    void aCallMayComeWholeInTheLastChunk() {
        Completion answer = stream(
                delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                last(
                        call("\"id\":\"a1B2c3D4e\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},\"index\":0"),
                        "tool_calls"));

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("a1B2c3D4e", "f", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.usage()).isEqualTo(new Usage(9, 4, 2, 0, 0));
    }

    @Test
    void aCallMayComeInPiecesWithAnEmptyNameAndNoId() {
        Completion answer = stream(
                delta(call("\"id\":\"chatcmpl-tool-1\",\"function\":{\"name\":\"f\",\"arguments\":\"\"},\"index\":0")),
                delta(call("\"function\":{\"name\":\"\",\"arguments\":\"{\\\"a\\\"\"},\"index\":0")),
                delta(call("\"function\":{\"name\":\"\",\"arguments\":\":1}\"}")),
                last("{\"content\":\"\"}", "stop"));

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("chatcmpl-tool-1", "f", "{\"a\":1}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void anEndByErrorIsAFailureAlsoAfterContent() {
        LlmException failure = failure(decoder(), delta("{\"content\":\"x\"}"), last("{}", "error"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
    }

    @Test
    void anErrorInAnEventIsWhatItSays() {
        LlmException named = failure(
                decoder(),
                "{\"object\":\"error\",\"message\":\"Rate limit exceeded\",\"type\":\"rate_limited\",\"code\":\"1300\"}");
        LlmException byType = catchThrowableOfType(
                LlmException.class,
                () -> decoder().decode(new WireEvent("error", "Service tier capacity exceeded for this model.")));

        assertThat(named.category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(named.details().phase()).isEqualTo(Phase.BODY);
        assertThat(byType.category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(failure(decoder(), "{\"choices\":[{").category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    @Test
    void aFinishReasonAndTheBodysEndAreAnEndWithoutTheTerminator() {
        StreamDecoder decoder = decoder();
        feed(decoder, last("{\"content\":\"x\"}", "stop"));

        assertThat(decoder.ended()).isFalse();
        assertThat(decoder.end()).isEmpty();
        assertThat(decoder.ended()).isTrue();
    }

    @Test
    void withNeitherFinishReasonNorTerminatorItIsIncomplete() {
        for (String[] events : List.of(new String[0], new String[] {delta("{\"content\":\"x\"}")})) {
            StreamDecoder decoder = decoder();
            feed(decoder, events);

            assertThat(decoder.ended()).isFalse();
            assertThat(catchThrowableOfType(IncompleteStreamException.class, decoder::end))
                    .isNotNull();
        }
    }

    @Test
    void aStreamWithNothingInItIsEmptyUnlessItsLimitExplainsIt() {
        assertThat(failure(decoder(), last("{\"content\":\"\"}", "stop"), "[DONE]")
                        .code())
                .isEqualTo("empty_completion");
        assertThat(stream(last("{\"content\":\"\"}", "model_length")).finishReason())
                .isEqualTo(FinishReason.CONTEXT_WINDOW);
    }
}
