package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import io.aicore.testkit.CodecBench;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the Responses API has; what it shares with all others is the kit's. */
class ResponsesTest extends CodecBench {

    private static final ResponsesCodec CODEC = codec(ResponsesDialect.OPENAI);
    private static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("gpt-4o").user("hello").build();
    private static final String MESSAGE =
            "{'id':'msg-1','type':'message','role':'assistant','content':[{'type':'output_text','text':'%s'}]}";
    private static final String THOUGHTS =
            "{'id':'rs-1','type':'reasoning','summary':[{'type':'summary_text','text':'One.'},"
                    + "{'type':'summary_text','text':'Two.'}],'encrypted_content':'sealed'}";
    private static final String CALL =
            "{'id':'fc-1','type':'function_call','call_id':'call-1','name':'weather','arguments':'{}'}";

    ResponsesTest() {
        super(CODEC, REQUEST, Map.of("x-request-id", "req-7"));
    }

    @Override
    protected String wire(String written) {
        return json(written);
    }

    private static ResponsesCodec codec(ResponsesDialect dialect) {
        return new ResponsesCodec(
                JsonEndpoint.of("openai", "/responses", Map.of("authorization", "Bearer k-1")),
                dialect,
                Dialect.OPENAI);
    }

    private static String json(String quotes) {
        return quotes.replace('\'', '"');
    }

    private static String body(CompletionRequest request) {
        return new String(CODEC.encode(request, false).body(), StandardCharsets.UTF_8);
    }

    private static CompletionRequestBuilder ask() {
        return CompletionRequest.builder().model("gpt-4o");
    }

    private static String whole(String status, String more, String... items) {
        return json("{'id':'resp-1','object':'response','status':'" + status + "','error':null,'model':'m-1-dated',"
                + more + "'output':[" + String.join(",", items) + "]}");
    }

    private Completion answer(String... items) {
        return decode(whole("completed", "", items));
    }

    private static String event(String type, String members) {
        return "{'type':'response." + type + "'," + members + "}";
    }

    private static String last(String status, String more, String... items) {
        return event(status, "'response':" + whole(status, more, items));
    }

    @Test
    void saysEverythingInItsOwnForm() {
        CompletionRequest request = ask().system("Be brief.")
                .user("hello")
                .temperature(0.5)
                .maxTokens(64)
                .tools(new Tool("weather", "Of a city", Map.of("type", "object"), true), Tool.of("now", "", Map.of()))
                .toolChoice(ToolChoice.named("weather"))
                .responseFormat(ResponseFormat.jsonSchema("city", Map.of("type", "object")))
                .reasoningEffort(ReasoningEffort.LOW)
                .build();

        assertThat(body(request))
                .isEqualTo(
                        json("{'model':'gpt-4o','instructions':'Be brief.','input':[{'role':'user','content':'hello'}],"
                                + "'temperature':0.5,'max_output_tokens':64,'tools':[{'type':'function','name':'weather',"
                                + "'description':'Of a city','parameters':{'type':'object'},'strict':true},{'type':'function',"
                                + "'name':'now','parameters':{'type':'object','properties':{}},'strict':false}],"
                                + "'tool_choice':{'type':'function','name':'weather'},'text':{'format':{'type':'json_schema',"
                                + "'name':'city','schema':{'type':'object'},'strict':true}},'reasoning':{'effort':'low'},"
                                + "'include':['reasoning.encrypted_content'],'store':false,'stream':false}"));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, false",
        "gpt-4.1-mini, false",
        "gpt-5-chat-latest, false",
        "gpt-5-nano, true",
        "gpt-5.1-codex, true",
        "o3, true",
        "o4-mini, true",
        "my-deployment, false"
    })
    void onlyModelsThatReasonAreAskedForTheirThoughts(String model, boolean asked) {
        CompletionRequest request = ask().model(model).user("hello").build();

        assertThat(body(request).contains("encrypted_content")).isEqualTo(asked);
        assertThat(new String(
                        codec(ResponsesDialect.COMMON).encode(request, false).body(), StandardCharsets.UTF_8))
                .doesNotContain("include");
    }

    @Test
    void anAnswerIsStoredOnlyInTheBackgroundOrWhereTheCallerSaysSo() {
        assertThat(body(ask().user("a").extra("background", true).build())).contains("\"store\":true");
        assertThat(body(ask().user("a").extra("store", true).build())).contains("\"store\":true");
        assertThat(body(ask().user("a").build())).contains("\"store\":false,\"stream\":false");
    }

    @Test
    void imagesAndLaterInstructionsAreInputAndInstructionsAloneToo() {
        assertThat(body(ask().message(
                                Message.user(Content.text("what?"), Content.image(URI.create("https://i.example/a"))))
                        .message(Message.system("Now in French."))
                        .build()))
                .contains(json("'input':[{'role':'user','content':[{'type':'input_text','text':'what?'},"
                        + "{'type':'input_image','image_url':'https://i.example/a'}]},"
                        + "{'role':'system','content':'Now in French.'}]"));
        assertThat(body(ask().system("Greet.").build()))
                .contains(json("'input':[{'role':'system','content':'Greet.'}]"))
                .doesNotContain("instructions");
    }

    @Test
    void stopTextsAndASeedAreRefusedBeforeAnythingIsSent() {
        assertThat(catchThrowableOfType(
                        LlmException.class, () -> body(ask().user("a").stop("x").build())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("stop");
        assertThat(catchThrowableOfType(
                        LlmException.class, () -> body(ask().user("a").seed(7L).build())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("seed");
    }

    @Test
    void thoughtsGoBackWithTheItemsThatFollowedThem() {
        Completion asked = answer(THOUGHTS, MESSAGE.formatted("I look."), CALL);
        CompletionRequest next = ask().user("hello")
                .message(asked.message())
                .message(Message.tool("call-1", "sunny"))
                .build();

        assertThat(body(next))
                .contains(json("'input':[{'role':'user','content':'hello'}," + THOUGHTS + ","
                        + MESSAGE.formatted("I look.") + "," + CALL
                        + ",{'type':'function_call_output','call_id':'call-1','output':'sunny'}]"));
    }

    @Test
    void aTurnThatWasChangedIsSentAsItIsNow() {
        Message came = answer(THOUGHTS, MESSAGE.formatted("I look."), CALL).message();
        Message changed = Message.assistant("I won't.").extra(came.extra());

        assertThat(body(ask().user("hello").message(changed).build()))
                .contains(json("{'role':'assistant','content':'I won't.'}").replace("won\"t", "won't"))
                .doesNotContain("sealed");
    }

    @Test
    void aTurnOfAnotherProtocolIsRebuilt() {
        Message foreign = Message.assistant("I look.")
                .toolCalls(List.of(new ToolCall("call-1", "weather", "")))
                .reasoning("hm")
                .extra(Map.of("reasoning_details", List.of(Map.of("a", 1))));

        assertThat(body(ask().user("hello").message(foreign).build()))
                .contains(json("{'role':'assistant','content':'I look.'},{'type':'function_call','call_id':'call-1',"
                        + "'name':'weather','arguments':'{}'}]"))
                .doesNotContain("reasoning");
    }

    @Test
    void theResultOfACustomToolIsOne() {
        CompletionRequest request = ask().user("a")
                .extra("tools", List.of(Map.of("type", "custom", "name", "sql")))
                .build();
        String item = "{'type':'custom_tool_call','call_id':'call-2','name':'sql','input':'select 1'}";
        Completion asked = CODEC.decode(request, Fixtures.response(200, whole("completed", "", item)));
        assertThat(asked.toolCalls()).containsExactly(new ToolCall("call-2", "sql", "select 1"));

        assertThat(body(ask().user("a")
                        .message(asked.message())
                        .message(Message.tool("call-2", "1"))
                        .build()))
                .contains(json("{'type':'custom_tool_call_output','call_id':'call-2','output':'1'}"));
    }

    @Test
    void thoughtsThatNobodyKeepsAreNotHandedBack() {
        String bare = "{'id':'rs-1','type':'reasoning','summary':[]}";

        assertThat(answer(bare, MESSAGE.formatted("a")).extra()).isEmpty();
        assertThat(decode(whole("completed", "'store':true,", bare, MESSAGE.formatted("a")))
                        .extra())
                .containsKey("output");
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

    private static String item(String key, int number, String arguments) {
        return key.formatted(number) + ",'item':{'type':'function_call','id':'fc-" + number + "','call_id':'call-"
                + number + "','name':'f','arguments':'" + arguments + "'}";
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

    @ParameterizedTest
    @CsvSource({
        ", , /openai/v1/responses",
        "preview, , /openai/v1/responses?api-version=preview",
        "2025-04-01-preview, dep, /openai/responses?api-version=2025-04-01-preview"
    })
    void azureHasItBesideItsDeployments(String version, String deployment, String path) {
        Options options = new Options(version, deployment, null, Dialect.OPENAI, null, ResponsesDialect.OPENAI);

        assertThat(AzurePaths.responses(URI.create("https://r.openai.azure.com"), options))
                .isEqualTo(path);
        assertThat(AzurePaths.responses(URI.create("https://r.openai.azure.com/openai/v1"), options))
                .isEqualTo(path.replace("/openai/v1", "").replace("/openai", ""));
    }

    @Test
    void theOptionChoosesItWhereTheHostServesIt() {
        for (String host : List.of("openai", "deepseek", "xai", "openrouter", "ollama-openai", "vllm")) {
            Llm.from(config(host)).dispose();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llm.from(config("cerebras")))
                .withMessageContaining("options.api: 'responses' (expected: chat")
                .withMessageContaining("openai-compatible");
    }

    private static LlmConfig config(String host) {
        return LlmConfig.builder()
                .provider(host)
                .apiKey("k-1")
                .option("api", "responses")
                .build();
    }

    private static final String SEARCH =
            "{'type':'custom_tool_call','call_id':'xs-1','name':'x_search','input':'{}','id':'ctc-1','status':'completed'}";

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

    @Test
    void callsGoBackUnderTheIdsOfTheConversation() {
        Completion answer = answer(THOUGHTS, CALL);
        ToolCall came = answer.toolCalls().get(0);
        ToolCall named = new ToolCall("x".repeat(70), came.name(), came.arguments());
        Message turn = Message.calls(named).extra(answer.message().extra());

        String body = body(ask().user("a")
                .message(turn)
                .message(Message.tool(named.id(), "1"))
                .build());
        assertThat(body).contains("sealed").doesNotContain(came.id()).doesNotContain(named.id());
        assertThat(body.split("x{47}_")).hasSize(3);
    }
}
