package io.aicore.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamTest extends Fixtures {

    @Test
    void readsAStream() {
        StreamDecoder decoder = decoder();

        assertThat(feed(decoder, hello()))
                .containsExactly(
                        CompletionChunk.text("Hel").info(new ChunkInfo(null, "llama3.2:3b", null, null, null, null)),
                        CompletionChunk.text("lo"),
                        CompletionChunk.of(new ChunkInfo(null, null, FinishReason.STOP, "stop", Usage.of(7, 4), null)));
        assertThat(decoder.ended()).isTrue();
        assertThat(decoder.end()).isEmpty();
        assertThat(feed(decoder, line(text("late")), error("late"))).isEmpty();
    }

    @Test
    void linesWithoutNewsGiveNoChunk() {
        assertThat(feed(decoder(), "{}", line(text("")), "{\"status\":\"loading\"}"))
                .isEmpty();
    }

    @Test
    void thinkingComesBeforeTheAnswer() {
        Completion answer = stream(
                line("\"content\":\"\",\"thinking\":\"be\""),
                line("\"content\":\"\",\"thinking\":\"cause\""),
                line(text("so")),
                done(text(""), "stop"));

        assertThat(answer.reasoning()).isEqualTo("because");
        assertThat(answer.text()).isEqualTo("so");
        assertThat(answer.model()).isEqualTo("llama3.2:3b");
    }

    @Test
    void callsOfSeveralLinesAreSeveralCalls() {
        Completion answer = stream(
                line("t1", calls(CALL)),
                line("t1", calls(CALL.replace("Bern", "Rome"), "{\"id\":\"given\",\"function\":{\"name\":\"now\"}}")),
                done(text(""), "stop"));

        assertThat(answer.toolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(
                        tuple("weather", "{\"city\":\"Bern\"}"),
                        tuple("weather", "{\"city\":\"Rome\"}"),
                        tuple("now", "{}"));
        assertThat(answer.toolCalls())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .contains("given");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void oneLineMayBeTheWholeStream() {
        Completion answer = stream(done(text("all"), "length"));

        assertThat(answer.text()).isEqualTo("all");
        assertThat(answer.model()).isEqualTo("llama3.2:3b");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(stream(done(text(""), "length")).finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @ParameterizedTest
    @CsvSource({"stop", "load", "unload"})
    void aStreamWithoutContentIsEmpty(String reason) {
        assertThat(failure(decoder(), line(text("")), done(text(""), reason)).code())
                .isEqualTo("empty_completion");
    }

    @Test
    void aStreamWithoutItsLastLineIsIncomplete() {
        String[] whole = hello();
        for (int lines = 0; lines < whole.length; lines++) {
            LlmException failure = failure(decoder(), Arrays.copyOf(whole, lines));

            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
            assertThat(failure.retryable()).isTrue();
            assertThat(failure.details().phase()).isEqualTo(lines > 0 ? Phase.STREAM : Phase.BODY);
        }
    }

    @Test
    void aStreamCutWithinALineIsIncompleteWhereverItIsCut() {
        String last = hello()[2];
        for (int length = 0; length < last.length(); length++) {
            LlmException failure = failure(decoder(), line(text("Hel")), last.substring(0, length));

            assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        }
    }

    @Test
    void aLineOfSomethingElseIsMalformed() {
        LlmException failure = failure(decoder(), "<html>", line(text("x")));

        assertThat(failure.code()).isEqualTo("not_json");
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
    }

    @ParameterizedTest
    @CsvSource({
        "an error was encountered while running the model, SERVER_ERROR, true",
        "model 'x' not found, NOT_FOUND, false",
        "'server busy, please try again.  maximum pending requests exceeded', OVERLOADED, true",
        "the input length exceeds the context length, CONTEXT_LENGTH, false",
    })
    void anErrorInALineEndsTheStream(String message, ErrorCategory category, boolean retryable) {
        LlmException before = failure(decoder(), error(message));
        LlmException within = failure(decoder(), line(text("Hel")), error(message));

        assertThat(before.category()).isEqualTo(category);
        assertThat(before.retryable()).isEqualTo(retryable);
        assertThat(before.details().phase()).isEqualTo(Phase.BODY);
        assertThat(within.category()).isEqualTo(category);
        assertThat(within.details().phase()).isEqualTo(Phase.STREAM);
    }
}
