package io.aicore.gemini;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamTest extends Fixtures {

    @Test
    void readsAStreamUntilTheConnectionEnds() {
        StreamDecoder decoder = decoder();

        assertThat(feed(decoder, text("Par"), last("is.")))
                .containsExactly(
                        CompletionChunk.text("Par").info(ChunkInfo.of("Rq7_a-b", "gemini-3-m-001")),
                        CompletionChunk.text("is."));
        assertThat(decoder.ended()).isFalse();
        assertThat(decoder.end())
                .containsExactly(CompletionChunk.of(
                        new ChunkInfo(null, null, FinishReason.STOP, "STOP", new Usage(7, 23, 0, 0, 20), null)));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
    }

    @Test
    void eventsWithoutNewsGiveNoChunk() {
        assertThat(feed(
                        decoder(),
                        "",
                        "{}",
                        "[]",
                        "{'candidates':[]}",
                        "{'candidates':[{'index':0}]}",
                        "{'candidates':[{'content':{'role':'model'}}]}",
                        "{'candidates':[{'content':{'parts':[{'newKind':1}]}}]}",
                        "{'promptFeedback':{'safetyRatings':[]}}",
                        "{'usageMetadata':{'trafficType':'ON_DEMAND'}}",
                        "{'new':true}"))
                .isEmpty();
    }

    @Test
    void aFinishReasonOnEveryEventEndsNothing() {
        Completion answer = stream(last("Pa"), last("ris"), answer("", "MAX_TOKENS"));

        assertThat(answer.text()).isEqualTo("Paris");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void theLastUsageCountsAndIsNotOverwrittenByNothing() {
        Completion answer = stream(
                "{'candidates':[{'content':{'parts':[{'text':'a','thought':true}]}}],'usageMetadata':{'promptTokenCount':9,'totalTokenCount':9}}",
                "{'candidates':[{'content':{'parts':[{'text':'b'}]}}],'usageMetadata':{'promptTokenCount':9,'candidatesTokenCount':2,'thoughtsTokenCount':53}}",
                "{'candidates':[{'finishReason':'STOP'}],'usageMetadata':{'trafficType':'ON_DEMAND'}}",
                "{'usageMetadata':{'promptTokenCount':0,'candidatesTokenCount':0}}");

        assertThat(answer.usage()).isEqualTo(new Usage(9, 55, 0, 0, 53));
        assertThat(answer.reasoning()).isEqualTo("a");
        assertThat(answer.text()).isEqualTo("b");
    }

    @Test
    void callsOfSeveralEventsAreNumberedOn() {
        Completion answer = stream(
                answer("{'functionCall':{'name':'f','args':{'x':1}}},{'functionCall':{'name':'f','args':{}}}", ""),
                answer("{'functionCall':{'name':'g','args':{},'id':'own'}}", "STOP"));

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("call_0_Rq7_a-b", "f", "{\"x\":1}"),
                        new ToolCall("call_1_Rq7_a-b", "f", "{}"),
                        new ToolCall("own", "g", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void aStreamAndAPlainAnswerAreTheSame() {
        String parts = "{'text':'t','thought':true},{'text':'x','thoughtSignature':'cw=='},"
                + "{'functionCall':{'name':'f','args':{'b':1,'a':2}},'thoughtSignature':'eg=='}";

        assertThat(stream(answer(parts, "STOP"))).isEqualTo(decode(answer(parts, "STOP")));
    }

    @Test
    void aStreamWithoutAFinishReasonIsIncomplete() {
        StreamDecoder silent = decoder();
        StreamDecoder cut = decoder();
        feed(cut, text("Par"));
        StreamDecoder unspecified = decoder();
        feed(unspecified, answer("{'text':'Par'}", "FINISH_REASON_UNSPECIFIED"));

        for (StreamDecoder decoder : List.of(silent, cut, unspecified)) {
            LlmException failure = catchThrowableOfType(LlmException.class, decoder::end);
            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.details().phase()).isEqualTo(decoder == silent ? Phase.BODY : Phase.STREAM);
            assertThat(failure.requestId()).isEqualTo(decoder == silent ? null : "Rq7_a-b");
            assertThat(decoder.ended()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "MALFORMED_FUNCTION_CALL", "OTHER"})
    void aStreamWithoutContentIsEmptyAndHasNotEnded(String reason) {
        StreamDecoder decoder = decoder();
        feed(decoder, answer("", reason));

        LlmException failure = catchThrowableOfType(LlmException.class, decoder::end);

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(decoder.ended()).isFalse();
    }

    @Test
    void aFilteredStreamMayBeEmpty() {
        assertThat(stream("{'candidates':[{'finishReason':'SAFETY'}]}").finishReason())
                .isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'candidates':[", "not json", "<html>"})
    void anEventThatNobodyCanReadIsMalformed(String event) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> feed(decoder(), event));

        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anEventNamedErrorIsOneWhateverItHolds() {
        assertThat(catchThrowableOfType(
                                LlmException.class,
                                () -> decoder().decode(new WireEvent("error", "upstream is overloaded")))
                        .category())
                .isEqualTo(ErrorCategory.OVERLOADED);
    }
}
