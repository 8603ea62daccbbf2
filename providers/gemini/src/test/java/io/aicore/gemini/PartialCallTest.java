package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Function calls whose arguments Vertex streams. */
class PartialCallTest extends Fixtures {

    private static final String END = "{'functionCall':{}}";

    private static String name(String name) {
        return answer("{'functionCall':{'name':'" + name + "','willContinue':true}}", "");
    }

    private static String piece(String... values) {
        return answer("{'functionCall':{'partialArgs':[" + String.join(",", values) + "],'willContinue':true}}", "");
    }

    private String arguments(String... values) {
        Completion answer = stream(name("f"), piece(values), answer(END, "STOP"));
        assertThat(answer.toolCalls()).hasSize(1);
        return answer.toolCalls().get(0).arguments();
    }

    @Test
    void aStringMayComeInPieces() {
        Completion answer = stream(
                name("weather"),
                piece("{'jsonPath':'$.city','stringValue':'Pa','willContinue':true}"),
                piece("{'jsonPath':'$.city','stringValue':'ri','willContinue':true}"),
                piece("{'jsonPath':'$.city','stringValue':'s'}", "{'jsonPath':'$.days','numberValue':2}"),
                answer(END, "STOP"));

        assertThat(answer.toolCalls())
                .containsExactly(new ToolCall("call_0_Rq7_a-b", "weather", "{\"city\":\"Paris\",\"days\":2}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void callsFollowEachOther() {
        Completion answer = stream(
                name("f"),
                piece("{'jsonPath':'$.a','boolValue':true}"),
                answer(END, ""),
                name("g"),
                answer(END, ""),
                answer("{'functionCall':{'name':'whole','args':{'x':1}}}", "STOP"));

        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("call_0_Rq7_a-b", "f", "{\"a\":true}"),
                        new ToolCall("call_1_Rq7_a-b", "g", "{}"),
                        new ToolCall("call_2_Rq7_a-b", "whole", "{\"x\":1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'jsonPath':'$.a.b','numberValue':1.5},{'jsonPath':'$.a.c','nullValue':'NULL_VALUE'}|{'a':{'b':1.5,'c':null}}",
                "{'jsonPath':'$.l[0]','stringValue':'x'},{'jsonPath':'$.l[1].y','stringValue':'z'}|{'l':['x',{'y':'z'}]}",
                "{'jsonPath':'$[\"a.b\"]','stringValue':''}|{'a.b':''}",
                "{'jsonPath':'$.a','stringValue':'x','willContinue':true},{'jsonPath':'$.a'}|{'a':'x'}",
            })
    void pathsLeadIntoObjectsAndLists(String values, String arguments) {
        String quoted = values.replace("[\"", "[\\\"").replace("\"]", "\\\"]");

        assertJson(Json.read(arguments(quoted)), json(arguments));
    }

    @Test
    void aCallInOneLastPieceIsWhole() {
        assertThat(stream(answer(
                                "{'functionCall':{'name':'f','partialArgs':[{'jsonPath':'$.a','stringValue':'x'}]}}",
                                "STOP"))
                        .toolCalls())
                .containsExactly(new ToolCall("call_0_Rq7_a-b", "f", "{\"a\":\"x\"}"));
    }

    @Test
    void itGoesBackInOnePartWithItsSignature() {
        Completion answer = stream(
                answer("{'functionCall':{'name':'f','willContinue':true},'thoughtSignature':'c2ln'}", ""),
                piece("{'jsonPath':'$.a','numberValue':1}"),
                answer(END, "STOP"));

        Message turn = answer.message();

        assertJson(
                encode(REQUEST.toBuilder().message(turn)).at("contents").at(1).at("parts"),
                json("[{'functionCall':{'name':'f','args':{'a':1}},'thoughtSignature':'c2ln'}]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'jsonPath':'a','stringValue':'private'}",
                "{'jsonPath':'$','stringValue':'private'}",
                "{'jsonPath':'$.a[','stringValue':'private'}",
                "{'jsonPath':'$.l[7]','stringValue':'private'}",
                "{'jsonPath':'$..a','stringValue':'private'}",
                "{'stringValue':'private'}"
            })
    void aPathThatLeadsNowhereIsMalformed(String value) {
        LlmException failure = catchThrowableOfType(LlmException.class, () -> arguments(value));

        assertThat(failure.code()).isEqualTo("unreadable_piece");
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure).hasMessageNotContaining("private");
    }

    @ParameterizedTest
    @CsvSource({"STOP, true", "MAX_TOKENS, false"})
    void aCallThatIsNotEndedIsNoCall(String reason, boolean retryable) {
        StreamDecoder decoder = decoder();
        feed(decoder, name("f"), piece("{'jsonPath':'$.a','numberValue':1}"), answer("", reason));

        LlmException failure = catchThrowableOfType(LlmException.class, decoder::end);

        assertThat(failure.code()).isEqualTo("unfinished_call");
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @Test
    void piecesWithoutABeginningAreMalformed() {
        assertThat(catchThrowableOfType(LlmException.class, () -> stream(answer(END, "STOP")))
                        .code())
                .isEqualTo("nameless_call");
        assertThat(catchThrowableOfType(LlmException.class, () -> stream(piece("{'jsonPath':'$.a'}")))
                        .code())
                .isEqualTo("misplaced_piece");
    }
}
