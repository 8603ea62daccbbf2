package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ContentFilteredException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodingTest extends Fixtures {

    @Test
    void readsAnAnswer() {
        Completion answer = decode(answer("{'text':'Pa'},{'text':'ris'}", "STOP"));

        assertThat(answer.text()).isEqualTo("Paris");
        assertThat(answer.id()).isEqualTo("Rq7_a-b");
        assertThat(answer.model()).isEqualTo("gemini-3-m-001");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.rawFinishReason()).isEqualTo("STOP");
        assertThat(answer.usage()).isEqualTo(new Usage(7, 23, 0, 0, 20));
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void thoughtsAreReasoning() {
        Completion answer = decode(answer("{'text':'hm','thought':true},{'text':'yes','thought':false}", "STOP"));

        assertThat(answer.reasoning()).isEqualTo("hm");
        assertThat(answer.text()).isEqualTo("yes");
    }

    @Test
    void aFunctionCallEndsWithStopAndIsAToolCall() {
        Completion answer = decode(
                answer("{'functionCall':{'name':'f','args':{'x':1,'y':[0.1]}}},{'functionCall':{'name':'g'}}", "STOP"));

        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.toolCalls())
                .containsExactly(
                        new ToolCall("call_0_Rq7_a-b", "f", "{\"x\":1,\"y\":[0.1]}"),
                        new ToolCall("call_1_Rq7_a-b", "g", "{}"));
        assertThat(answer.extra()).isEmpty();
    }

    @Test
    void madeUpIdsAreStableAndFitElsewhere() {
        String body = "{'responseId':'" + "+/aZ9_-".repeat(20)
                + "','candidates':[{'content':{'parts':[{'functionCall':{'name':'f','args':{}}}]},'finishReason':'STOP'}]}";

        String id = decode(body).toolCalls().get(0).id();

        assertThat(id).isEqualTo(decode(body).toolCalls().get(0).id()).matches("[A-Za-z0-9_-]{10,40}");
        assertThat(decode("{'candidates':[{'content':{'parts':[{'functionCall':{'name':'f'}}]}}]}")
                        .toolCalls()
                        .get(0)
                        .id())
                .isEqualTo("call_0");
    }

    @Test
    void signaturesAreKeptWithTheirPart() {
        Completion answer = decode(answer(
                "{'text':'x'},{'functionCall':{'name':'f','args':{}},'thoughtSignature':'cw=='},{'newKind':{'a':[1]}}",
                "STOP"));

        assertThat(answer.extra())
                .isEqualTo(Map.of(
                        "parts",
                        java.util.List.of(
                                Map.of("text", "x"),
                                Map.of(
                                        "functionCall",
                                        Map.of("name", "f", "args", Map.of()),
                                        "thoughtSignature",
                                        "cw=="),
                                Map.of("newKind", Map.of("a", java.util.List.of(1))))));
        assertThat(answer.message().extra()).isEqualTo(answer.extra());
    }

    @Test
    void unknownFieldsAndPartsAreIgnored() {
        Completion answer = decode(
                "{'new':{'a':1},'candidates':[{'new':[],'index':1,'content':{'parts':[{'text':'other'}]}},"
                        + "{'content':{'new':1,'parts':[7,{'executableCode':{'code':'1'}},{'text':'x','new':null}]},"
                        + "'groundingMetadata':{},'finishReason':'STOP'}],'usageMetadata':{'trafficType':'ON_DEMAND'}}");

        assertThat(answer.text()).isEqualTo("x");
        assertThat(answer.usage()).isNull();
        assertThat(answer.id()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP",
        "MAX_TOKENS, LENGTH",
        "SAFETY, CONTENT_FILTER",
        "RECITATION, CONTENT_FILTER",
        "LANGUAGE, CONTENT_FILTER",
        "BLOCKLIST, CONTENT_FILTER",
        "PROHIBITED_CONTENT, CONTENT_FILTER",
        "SPII, CONTENT_FILTER",
        "MODEL_ARMOR, CONTENT_FILTER",
        "IMAGE_SAFETY, CONTENT_FILTER",
        "IMAGE_PROHIBITED_CONTENT, CONTENT_FILTER",
        "IMAGE_RECITATION, CONTENT_FILTER",
        "IMAGE_OTHER, CONTENT_FILTER",
        "MALFORMED_FUNCTION_CALL, MALFORMED_TOOL_CALL",
        "UNEXPECTED_TOOL_CALL, MALFORMED_TOOL_CALL",
        "TOO_MANY_TOOL_CALLS, MALFORMED_TOOL_CALL",
        "CONTINUATION, PAUSE",
        "OTHER, ERROR",
        "A_WORD_OF_2027, UNKNOWN"
    })
    void finishReasonsAreAnOpenEnum(String word, FinishReason reason) {
        Completion plain = decode(answer("{'text':'x'}", word));
        Completion streamed = stream(answer("{'text':'x'}", word));

        assertThat(plain.finishReason()).isEqualTo(reason).isEqualTo(streamed.finishReason());
        assertThat(plain.rawFinishReason()).isEqualTo(word).isEqualTo(streamed.rawFinishReason());
    }

    @Test
    void noReasonIsUnknown() {
        assertThat(decode(answer("{'text':'x'}", "FINISH_REASON_UNSPECIFIED")).finishReason())
                .isEqualTo(FinishReason.UNKNOWN);
        assertThat(decode(answer("{'text':'x'}", "")).rawFinishReason()).isNull();
    }

    @Test
    void aPausedAnswerHasItsToken() {
        Completion answer = decode(
                "{'candidates':[{'content':{'parts':[{'text':'x'}]},'finishReason':'CONTINUATION','continuationToken':'dG9r'}]}");

        assertThat(answer.extra()).isEqualTo(Map.of("continuationToken", "dG9r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAFETY", "MODEL_ARMOR", "MAX_TOKENS", "RECITATION"})
    void aFilteredOrCutAnswerMayBeEmpty(String reason) {
        Completion answer = decode("{'candidates':[{'finishReason':'" + reason + "','index':0}]}");

        assertThat(answer.text()).isEmpty();
        assertThat(answer.rawFinishReason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'candidates':[{'content':{'role':'model'},'finishReason':'STOP'}]}",
                "{'candidates':[{'content':{'parts':[{'text':''}]},'finishReason':'STOP'}]}",
                "{'candidates':[{'content':{'role':'model'},'finishReason':'MALFORMED_FUNCTION_CALL','finishMessage':'print(private'}]}",
                "{'candidates':[{'content':{},'finishReason':'UNEXPECTED_TOOL_CALL'}]}",
                "{'candidates':[{'finishReason':'OTHER'}]}",
                "{'candidates':[]}",
                "{'usageMetadata':{'promptTokenCount':3}}"
            })
    void anAnswerWithNothingInItIsEmpty(String body) {
        LlmException failure = failure(body);

        assertThat(failure).isInstanceOf(MalformedResponseException.class).hasMessageNotContaining("private");
        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anEmptyAnswerTellsItsFinishReasonAndId() {
        LlmException failure =
                failure("{'responseId':'r-1','candidates':[{'finishReason':'MALFORMED_FUNCTION_CALL'}]}");

        assertThat(failure).hasMessageContaining("MALFORMED_FUNCTION_CALL");
        assertThat(failure.requestId()).isEqualTo("r-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY", "MODEL_ARMOR", "JAILBREAK"
            })
    void aBlockedPromptIsAFailureThatIsNotRetried(String reason) {
        LlmException failure = failure("{'promptFeedback':{'blockReason':'" + reason
                + "','blockReasonMessage':'no'},'responseId':'r-1','usageMetadata':{'promptTokenCount':9}}");

        assertThat(failure).isInstanceOf(ContentFilteredException.class);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo(reason);
        assertThat(failure.requestId()).isEqualTo("r-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'candidates':[]}", "[{'candidates':[]}]"})
    void noCandidatesAreAnEmptyAnswerAlsoInAnArrayOfOne(String body) {
        assertThat(failure(body).code()).isEqualTo("empty_completion");
    }

    @Test
    void aTextAmongThePartsIsText() {
        assertThat(decode("{'candidates':[{'content':{'parts':['plain ',{'text':'part'}]}}]}")
                        .text())
                .isEqualTo("plain part");
    }

    @Test
    void feedbackWithoutABlockIsNoFailure() {
        assertThat(decode("{'promptFeedback':{'safetyRatings':[]},'candidates':[{'content':{'parts':[{'text':'x'}]}}]}")
                        .text())
                .isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{'candidates':[{", "\"text\"", "<html>busy</html>", "{}", "{'a':1}", "[{'a':1}]"})
    void whatIsNoAnswerIsMalformed(String body) {
        LlmException failure = failure(body);

        assertThat(failure).isInstanceOf(MalformedResponseException.class);
        assertThat(failure.code()).isIn("not_json", "no_candidates");
        assertThat(failure.retryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'promptTokenCount':9,'candidatesTokenCount':28,'thoughtsTokenCount':244,'totalTokenCount':281} | 9 | 272 | 0 | 244",
                "{'promptTokenCount':9,'totalTokenCount':9} | 9 | 0 | 0 | 0",
                "{'promptTokenCount':50,'cachedContentTokenCount':40,'toolUsePromptTokenCount':6,'candidatesTokenCount':1} | 56 | 1 | 40 | 0",
                "{'candidatesTokenCount':-3} | 0 | 0 | 0 | 0"
            })
    void outputIsCandidatesAndThoughts(String usage, long input, long output, long cached, long reasoning) {
        assertThat(decode("{'candidates':[{'content':{'parts':[{'text':'x'}]}}],'usageMetadata':" + usage + "}")
                        .usage())
                .isEqualTo(new Usage(input, output, cached, 0, reasoning));
    }

    @Test
    void aGatewaysComplaintIsReadThoughItIsNoErrorOfTheProtocol() {
        LlmException failure = failure("{'detail':'Rate limit exceeded'}");

        assertThat(failure.category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(failure.details().why()).contains("the words \"rate limit\"");
    }

    @Test
    void argumentsThatAreTextAreNotLost() {
        String call = "{\"functionCall\":{\"name\":\"f\",\"args\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}}";

        assertThat(decode(answer(call, "STOP")).toolCalls().get(0).arguments()).isEqualTo("{\"city\":\"Ulm\"}");
    }
}
