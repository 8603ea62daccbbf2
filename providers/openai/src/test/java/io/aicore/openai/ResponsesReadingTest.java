package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only answers and streams of the Responses API have. */
class ResponsesReadingTest extends ResponsesBench {

    private static String event(String type, String members) {
        return "{'type':'response." + type + "'," + members + "}";
    }

    private static String last(String status, String more, String... items) {
        return event(status, "'response':" + whole(status, more, items));
    }

    private static String item(String key, int number, String arguments) {
        return key.formatted(number) + ",'item':{'type':'function_call','id':'fc-" + number + "','call_id':'call-"
                + number + "','name':'f','arguments':'" + arguments + "'}";
    }

    @Test
    void readsTextThoughtsRefusalAndUsage() {
        String usage = "'usage':{'input_tokens':20,'input_tokens_details':{'cached_tokens':5,'cache_write_tokens':2},"
                + "'output_tokens':30,'output_tokens_details':{'reasoning_tokens':12},'total_tokens':50},";
        Completion answer = decode(whole("completed", usage, THOUGHTS, MESSAGE.formatted("a"), MESSAGE.formatted("b")));

        assertThat(answer.text()).isEqualTo("ab");
        assertThat(answer.reasoning()).isEqualTo("One.\n\nTwo.");
        assertThat(answer.model()).isEqualTo("m-1-dated");
        assertThat(answer.usage()).isEqualTo(new Usage(20, 30, 5, 2, 12));
        assertThat(answer.rawFinishReason()).isEqualTo("completed");

        Completion refused = answer("{'type':'message','content':[{'type':'refusal','refusal':'No.'}]}");
        assertThat(refused.refusal()).isEqualTo("No.");
        assertThat(refused.finishReason()).isEqualTo(FinishReason.REFUSAL);
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens, LENGTH", "content_filter, CONTENT_FILTER"})
    void anIncompleteAnswerSaysWhyAlsoWithoutContent(String reason, FinishReason finish) {
        Completion answer = decode(whole("incomplete", "'incomplete_details':{'reason':'" + reason + "'},"));

        assertThat(answer.finishReason()).isEqualTo(finish);
        assertThat(answer.rawFinishReason()).isEqualTo(reason);
    }

    @Test
    void anAnswerOfAHostedToolAloneIsNotEmptyButNothingIs() {
        assertThat(answer("{'id':'ig-1','type':'image_generation_call','result':'iVBO'}")
                        .extra())
                .containsKey("output");
        assertThat(catchThrowableOfType(LlmException.class, () -> answer())
                        .details()
                        .code())
                .isEqualTo("empty_completion");
    }

    @Test
    void aStreamAddsUpToTheAnswerAndEndsWithTheFinalThoughts() {
        Completion answer = stream(
                event("created", "'response':" + whole("in_progress", "")),
                event("output_item.added", "'output_index':0,'item':{'type':'reasoning','encrypted_content':'begun'}"),
                event("reasoning_summary_text.delta", "'output_index':0,'summary_index':0,'delta':'One.'"),
                event("reasoning_summary_text.delta", "'output_index':0,'summary_index':1,'delta':'Two.'"),
                event("output_item.done", "'output_index':0,'item':" + THOUGHTS),
                event("output_item.added", "'output_index':1,'item':{'type':'message','id':'msg-x','content':[]}"),
                event("output_text.delta", "'output_index':1,'item_id':'msg-y','delta':'a'"),
                event("hosted_tool.searching", "'output_index':7"),
                event("output_text.delta", "'output_index':1,'item_id':'msg-z','delta':'b'"),
                event("output_item.done", "'output_index':1,'item':" + MESSAGE.formatted("ab")),
                last("completed", "", ""));

        assertThat(answer.text()).isEqualTo("ab");
        assertThat(answer.reasoning()).isEqualTo("One.\n\nTwo.");
        assertThat(answer.id()).isEqualTo("resp-1");
        assertThat(answer.model()).isEqualTo("m-1-dated");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.extra().get("output").toString()).contains("sealed").doesNotContain("begun");
    }

    @Test
    void whatDidNotComePieceByPieceIsTakenFromTheItemsAndTheResponse() {
        Completion answer = stream(
                event("output_item.done", "'output_index':0,'item':" + CALL),
                last("completed", "", CALL, MESSAGE.formatted("late"), THOUGHTS));

        assertThat(answer.text()).isEqualTo("late");
        assertThat(answer.reasoning()).isEqualTo("One.\n\nTwo.");
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("call-1", "weather", "{}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.id()).isEqualTo("resp-1");
    }

    @Test
    void callsAreToldApartByTheirPlaceAndByTheirIdWhereNoPlaceIsSaid() {
        for (String key : List.of("'output_index':%d", "'item_id':'fc-%d'")) {
            Completion answer = stream(
                    event("output_item.added", item(key, 1, "")),
                    event("output_item.added", item(key, 2, "")),
                    event("function_call_arguments.delta", key.formatted(2) + ",'delta':'{2}'"),
                    event("function_call_arguments.delta", key.formatted(1) + ",'delta':'{1}'"),
                    event("output_item.done", item(key, 1, "{1}")),
                    event("output_item.done", item(key, 2, "{2}")),
                    last("completed", "", ""));

            assertThat(answer.toolCalls())
                    .containsExactly(new ToolCall("call-1", "f", "{1}"), new ToolCall("call-2", "f", "{2}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[DONE]", "{'type':'response.output_text.done','text':'a'}"})
    void onlyTheLastEventEndsIt(String event) {
        StreamDecoder decoder = decoder();
        decoder.decode(new WireEvent(null, json(event("output_text.delta", "'output_index':0,'delta':'a'"))));
        decoder.decode(new WireEvent(null, json(event)));

        assertThat(decoder.ended()).isFalse();
        assertThat(catchThrowableOfType(LlmException.class, decoder::end).category())
                .isEqualTo(ErrorCategory.INCOMPLETE_STREAM);
    }

    @Test
    void aCallThatTheProviderMakesItselfIsNotTheCallers() {
        Completion answer = answer(SEARCH, MESSAGE.formatted("found"));
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);

        assertThat(body(ask().user("a").message(answer.message()).user("b").build()))
                .contains(json(SEARCH));
    }

    @Test
    void streamedItIsNotEither() {
        Completion answer = stream(
                "{'type':'response.output_item.added','output_index':0,'item':" + SEARCH + "}",
                "{'type':'response.custom_tool_call_input.delta','output_index':0,'delta':'{}'}",
                "{'type':'response.output_item.done','output_index':0,'item':" + SEARCH + "}",
                "{'type':'response.output_text.delta','output_index':1,'delta':'found'}",
                "{'type':'response.completed','response':" + whole("completed", "", SEARCH, MESSAGE.formatted("found"))
                        + "}");
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.text()).isEqualTo("found");
        assertThat(answer.extra()).containsKey("output");
    }

    @Test
    void toolsOfAStoredPromptAreTheCallers() {
        CompletionRequest request =
                ask().user("a").extra("prompt", Map.of("id", "p-1")).build();
        assertThat(CODEC.decode(request, Fixtures.response(200, whole("completed", "", SEARCH)))
                        .toolCalls())
                .hasSize(1);
    }

    @Test
    void whatNoDeltaSaidIsTakenFromTheEnd() {
        Completion answer = stream(
                "{'type':'response.function_call_arguments.done','output_index':0,'arguments':'{}'}",
                "{'type':'response.output_text.done','output_index':1,'text':'hello'}",
                "{'type':'response.completed','response':" + whole("completed", "") + "}");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.toolCalls()).hasSize(1);
    }
}
