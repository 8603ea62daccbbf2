package io.aicore.cohere;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest extends Fixtures {

    private static final Map<String, Object> BILLED =
            Map.of("billed_units", Map.of("input_tokens", 3, "output_tokens", 4));

    @Test
    void readsAStream() {
        StreamDecoder decoder = decoder();

        assertThat(feed(decoder, hello()))
                .containsExactly(
                        CompletionChunk.text("Hel").info(ChunkInfo.of("c-1", "m-1")),
                        CompletionChunk.text("lo"),
                        CompletionChunk.of(new ChunkInfo(
                                        null, null, FinishReason.STOP, "COMPLETE", new Usage(90, 5, 64, 0, 0), null))
                                .extra(BILLED));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
        assertThat(decoder.decode(new WireEvent(null, "[DONE]"))).isEmpty();
    }

    @Test
    void readsThinkingPlanAndCitationsAsAPlainAnswerHasThem() {
        String citation =
                "{\"type\":\"citation-start\",\"index\":0,\"delta\":{\"message\":{\"citations\":" + CITATION + "}}}";
        Completion answer = stream(
                START,
                open(0, "thinking"),
                grow(0, "thinking", "hm "),
                close(0),
                plan("I "),
                plan("look."),
                open(1, "text"),
                grow(1, "text", "Par"),
                citation,
                "{\"type\":\"citation-end\",\"index\":0}",
                grow(1, "text", "is"),
                close(1),
                finish("COMPLETE"));

        assertCited(answer);
    }

    @Test
    void readsToolCalls() {
        Completion answer = stream(
                START,
                open(0, "thinking"),
                grow(0, "thinking", "hm"),
                close(0),
                call(1, "f_1", "f"),
                arguments(1, "{\\\"a\\\""),
                arguments(1, ":1}"),
                called(1),
                call(2, "g_2", "g"),
                called(2),
                finish("TOOL_CALL"));

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("f_1", "f", "{\"a\":1}"), new ToolCall("g_2", "g", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void callsAreCountedFromZeroWhateverTheirIndex() {
        List<CompletionChunk> chunks = feed(decoder(), START, call(3, "f_1", "f"), call(7, "f_2", "f"));

        assertThat(chunks).extracting(chunk -> chunk.toolCalls().get(0).index()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource({"null, ''", "nu, ll", "'', ''", "' ', null", "n, ull"})
    void argumentsThatAreNothingAreAnEmptyObject(String first, String second) {
        Completion answer = stream(
                START, call(0, "f_1", "f"), arguments(0, first), arguments(0, second), called(0), finish("TOOL_CALL"));

        assertThat(answer.toolCalls()).containsExactly(new ToolCall("f_1", "f", "{}"));
    }

    @Test
    void aCallThatTheLimitCutKeepsWhatItHas() {
        Completion answer =
                stream(START, call(0, "f_1", "f"), arguments(0, "{\\\"a"), call(1, "f_2", "f"), finish("MAX_TOKENS"));

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("f_1", "f", "{\"a"), new ToolCall("f_2", "f", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void eventsWithoutNewsGiveNoChunk() {
        assertThat(feed(
                        decoder(),
                        "{}",
                        START,
                        open(0, "text"),
                        grow(0, "text", ""),
                        plan(""),
                        called(4),
                        "{\"type\":\"debug\",\"prompt\":\"x\"}",
                        close(0)))
                .isEmpty();
        assertThat(decoder().decode(new WireEvent("content-delta", ""))).isEmpty();
    }

    @Test
    void theNameOfTheEventStandsForAMissingType() {
        StreamDecoder decoder = decoder();
        String event = "{\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"x\"}}}}";

        assertThat(decoder.decode(new WireEvent("content-delta", event)))
                .extracting(CompletionChunk::text)
                .containsExactly("x");
    }

    @Test
    void anEndByErrorIsAFailureAlsoAfterContent() {
        LlmException failure = failure(
                decoder(),
                START,
                grow(0, "text", "half of rate limit"),
                broken("ERROR", "generation failed due to an internal error"));

        assertThat(failure.category()).isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
        assertThat(failure(decoder(), START, finish("TIMEOUT")).category()).isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(failure(decoder(), START, finish("TIMEOUT")).details().phase())
                .isEqualTo(Phase.BODY);
    }

    @Test
    void anErrorInAnEventIsWhatItSays() {
        assertThat(failure(decoder(), "{\"id\":\"1\",\"message\":\"the model is overloaded\"}")
                        .category())
                .isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(catchThrowableOfType(
                                LlmException.class, () -> decoder().decode(new WireEvent("error", "internal error")))
                        .category())
                .isEqualTo(ErrorCategory.SERVER_ERROR);
        assertThat(catchThrowableOfType(
                                LlmException.class, () -> decoder().decode(new WireEvent("content-delta", "{\"x")))
                        .category())
                .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    @Test
    void withoutMessageEndItIsIncomplete() {
        StreamDecoder decoder = decoder();
        feed(decoder, Arrays.copyOf(hello(), 5));
        decoder.decode(new WireEvent(null, "[DONE]"));

        assertThat(decoder.ended()).isFalse();
        assertThat(catchThrowableOfType(IncompleteStreamException.class, decoder::end))
                .isNotNull();
    }

    @Test
    void aStreamWithNothingInItIsEmptyUnlessItsLimitExplainsIt() {
        assertThat(failure(decoder(), START, finish("COMPLETE")).code()).isEqualTo("empty_completion");
        assertThat(stream(START, finish("MAX_TOKENS")).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aDeltasKindDecidesAndNotItsBlocks() {
        Completion answer = stream(
                START,
                open(0, "text"),
                grow(0, "thinking", "hm"),
                grow(0, "text", "Hel"),
                close(0),
                grow(1, "text", "lo"),
                finish("COMPLETE"));

        assertThat(answer.text()).isEqualTo("Hello");
        assertThat(answer.reasoning()).isEqualTo("hm");
    }

    @Test
    void aCallWhoseStartWasLeftOutOrWhoseIndexIsUsedAgainIsTold() {
        Completion answer = stream(
                START,
                call(0, "a", "f"),
                call(0, "b", "g"),
                arguments(0, "{}"),
                called(0),
                arguments(1, "{\\\"x\\\":1}"),
                called(1),
                finish("TOOL_CALL"));

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("a", "f", "{}"),
                        new ToolCall("b", "g", "{}"),
                        new ToolCall("call_2", "", "{\"x\":1}"));
    }
}
