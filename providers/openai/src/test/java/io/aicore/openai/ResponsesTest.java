package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.llm.error.LlmException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only requests of the Responses API have. */
class ResponsesTest extends ResponsesBench {

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
