package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest extends Fixtures {

    private static final Tool WEATHER = Tool.of("weather", "Looks out", Map.of("type", "object"));

    @Test
    void asksWithNothingButTheQuestion() {
        WireRequest wire = codec().encode(request().build(), false);

        assertThat(wire.path()).isEqualTo("/models/gemini-3-m:generateContent");
        assertThat(new String(wire.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'hello'}]}]}"));
    }

    @Test
    void theKeyIsAHeaderAndNeverPartOfTheAddress() {
        WireRequest wire = codec().encode(request().build(), true);

        assertThat(wire.headers())
                .containsEntry("x-goog-api-key", "k-secret")
                .containsEntry("accept", "text/event-stream");
        assertThat(wire.path()).isEqualTo("/models/gemini-3-m:streamGenerateContent?alt=sse");
        assertThat(wire.toString()).doesNotContain("k-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3-m, /models/gemini-3-m:generateContent",
        "models/gemini-3-m, /models/gemini-3-m:generateContent",
        "tunedModels/my tune, /tunedModels/my%20tune:generateContent",
        "a/../b?key=x, /models/a%2F..%2Fb%3Fkey%3Dx:generateContent"
    })
    void theModelIsPartOfThePath(String model, String path) {
        assertThat(codec().encode(request().model(model).build(), false).path()).isEqualTo(path);
    }

    @Test
    void instructionsStandBesideTheConversation() {
        CompletionRequest request = request().system("Be brief.").build();

        assertJson(encode(request).at("systemInstruction"), "{'parts':[{'text':'Be brief.'}]}");
        assertContents(request, "{'role':'user','parts':[{'text':'hello'}]}");
    }

    @Test
    void samplingGoesIntoTheGenerationConfig() {
        CompletionRequest request = request()
                .sampling(new Sampling(0.5, 0.9, 100, List.of("END"), 7L))
                .build();

        assertJson(
                encode(request).at("generationConfig"),
                "{'temperature':0.5,'topP':0.9,'maxOutputTokens':100,'stopSequences':['END'],'seed':7}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini-2.5-flash | NONE | {'thinkingBudget':0}",
                "gemini-2.5-flash | LOW | {'includeThoughts':true,'thinkingBudget':1024}",
                "gemini-2.5-pro | MEDIUM | {'includeThoughts':true,'thinkingBudget':8192}",
                "models/gemini-2.5-pro | MAX | {'includeThoughts':true,'thinkingBudget':24576}",
                "gemini-3-pro | NONE | {'thinkingLevel':'MINIMAL'}",
                "gemini-3-pro | LOW | {'includeThoughts':true,'thinkingLevel':'LOW'}",
                "gemini-3-pro | MEDIUM | {'includeThoughts':true,'thinkingLevel':'MEDIUM'}",
                "gemini-3-pro | XHIGH | {'includeThoughts':true,'thinkingLevel':'HIGH'}"
            })
    void theEffortIsABudgetOrALevel(String model, ReasoningEffort effort, String config) {
        JsonFields body = encode(request().model(model).reasoningEffort(effort));

        assertJson(body.at("generationConfig").at("thinkingConfig"), config);
    }

    @Test
    void jsonIsAskedForByMediaTypeAndSchema() {
        ResponseFormat schema = ResponseFormat.jsonSchema("x", Map.of("type", "object"));

        assertJson(
                encode(request().responseFormat(ResponseFormat.json())).at("generationConfig"),
                "{'responseMimeType':'application/json'}");
        assertJson(
                encode(request().responseFormat(schema)).at("generationConfig"),
                "{'responseMimeType':'application/json','responseJsonSchema':{'type':'object'}}");
        assertThat(encode(request().responseFormat(ResponseFormat.text())).has("generationConfig"))
                .isFalse();
    }

    @Test
    void extraFieldsWinFieldByField() {
        JsonFields body = encode(request()
                .temperature(0.5)
                .maxTokens(10)
                .extra("generationConfig", Map.of("temperature", 1, "topK", 40))
                .extra("labels", Map.of("team", "a")));

        assertJson(body.at("generationConfig"), "{'temperature':1,'maxOutputTokens':10,'topK':40}");
        assertJson(body.at("labels"), "{'team':'a'}");
    }

    @Test
    void toolsAreFunctionDeclarations() {
        assertJson(
                encode(request().tools(WEATHER)).at("tools"),
                "[{'functionDeclarations':[{'name':'weather','description':'Looks out','parametersJsonSchema':{'type':'object'}}]}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | false | {'mode':'AUTO'}",
                "auto | true | {'mode':'VALIDATED'}",
                "none | false | {'mode':'NONE'}",
                "required | true | {'mode':'ANY'}",
                "named | false | {'mode':'ANY','allowedFunctionNames':['weather']}"
            })
    void theChoiceOfToolsIsAMode(String choice, boolean strict, String config) {
        ToolChoice wanted = switch (choice) {
            case "auto" -> ToolChoice.auto();
            case "none" -> ToolChoice.none();
            case "required" -> ToolChoice.required();
            default -> ToolChoice.named("weather");
        };
        Tool tool = new Tool("weather", "", Map.of(), strict);

        assertJson(
                encode(request().tools(tool).toolChoice(wanted))
                        .at("toolConfig")
                        .at("functionCallingConfig"),
                config);
    }

    @Test
    void imagesAreInlineOrByAddress() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .message(Message.user(
                        Content.text("What is it?"),
                        Content.image(new byte[] {1, 2, 3}, "image/png"),
                        Content.image(URI.create("gs://bucket/cat.JPG?x=1")),
                        Content.image(URI.create("https://host/files/abc"))))
                .build();

        assertContents(
                request,
                "{'role':'user','parts':[{'text':'What is it?'},{'inlineData':{'mimeType':'image/png','data':'AQID'}},"
                        + "{'fileData':{'mimeType':'image/jpeg','fileUri':'gs://bucket/cat.JPG?x=1'}},"
                        + "{'fileData':{'fileUri':'https://host/files/abc'}}]}");
    }

    @Test
    void filesOfAnyKindAreInlineOrByAddress() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .message(Message.user(
                        Content.file(new byte[] {1, 2, 3}, "audio/wav"),
                        Content.file(URI.create("gs://bucket/a"), "video/mp4")))
                .build();

        assertContents(
                request,
                "{'role':'user','parts':[{'inlineData':{'mimeType':'audio/wav','data':'AQID'}},"
                        + "{'fileData':{'mimeType':'video/mp4','fileUri':'gs://bucket/a'}}]}");
    }

    @Test
    void aToolsImageGoesWithItsResult() {
        JsonFields body = encode(lookedAt("gemini-3-pro-preview", Content.image(new byte[] {1, 2, 3}, "image/png")));

        assertJson(
                body.at("contents").at(2).at("parts").at(0).at("functionResponse"),
                json("{'name':'look','response':{'output':'see'},"
                        + "'parts':[{'inlineData':{'mimeType':'image/png','data':'AQID'}}]}"));
    }

    @Test
    void aToolsImageThatTheModelDoesNotTakeIsRefusedByName() {
        for (CompletionRequestBuilder request : List.of(
                lookedAt("gemini-2.5-flash", Content.image(new byte[] {1}, "image/png")),
                lookedAt("gemini-3-flash", Content.image(URI.create("https://host/private"))))) {
            InvalidRequestException failure =
                    catchThrowableOfType(InvalidRequestException.class, () -> codec().encode(request.build(), false));
            assertThat(failure).hasMessageContaining("in a tool's result").hasMessageNotContaining("private");
        }
    }

    private static CompletionRequestBuilder lookedAt(String model, Content.Image image) {
        ToolCall call = new ToolCall("c-1", "look", "{}");
        return CompletionRequest.builder()
                .model(model)
                .user("look")
                .message(Message.calls(call))
                .message(Message.tool("c-1", Content.text("see"), image));
    }

    @Test
    void aDataUrlWithoutBase64IsRefusedWithoutItsContent() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .message(Message.user(Content.image(URI.create("data:text/plain,private"))))
                .build();

        InvalidRequestException failure =
                catchThrowableOfType(InvalidRequestException.class, () -> codec().encode(request, false));

        assertThat(failure).hasMessageContaining("base64").hasMessageNotContaining("private");
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"private\":", "[1]", "private", "{} private"})
    void argumentsThatAreNoObjectAreRefusedWithoutTheirContent(String arguments) {
        Message turn = Message.calls(new ToolCall("a", "weather", arguments));

        assertThat(catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> codec().encode(request().message(turn).build(), false)))
                .hasMessageContaining("weather")
                .hasMessageNotContaining("private");
    }

    @Test
    void whatJsonCannotSayIsAnInvalidRequest() {
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 300; i++) {
            deep = Map.of("in", deep);
        }
        CompletionRequest request = request().extra("labels", deep).build();

        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> codec().encode(request, false))
                        .retryable())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, true",
        "models/gemini-3.8-flash, true",
        "gemini-1.5-pro, false",
        "gemini-1-pro, false",
        "gemma-3, false",
    })
    void schemasGoOutOnlyToModelsThatHoldTheirAnswersToThem(String model, boolean can) {
        assertThat(codec().nativeJsonSchema(request().model(model).build())).isEqualTo(can);
        assertThat(codec().nativeJsonSchema(
                                request().model(model).tools(WEATHER).build()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-2.5-flash, NONE, ",
        "gemini-2.5-flash, MINIMAL, low",
        "gemini-2.5-flash, MAX, high",
        "gemini-3-pro, NONE, minimal",
        "gemini-3-pro, MINIMAL, ",
        "gemini-3-pro, XHIGH, high",
        "gemini-3-pro, HIGH, "
    })
    void anEffortThatIsRoundedIsNamed(String model, ReasoningEffort effort, @Nullable String said) {
        CompletionRequest request =
                request().model(model).reasoningEffort(effort).build();

        assertThat(codec().warnings(request))
                .isEqualTo(
                        said == null
                                ? List.of()
                                : List.of("reasoning effort " + effort.word() + " sent as " + said
                                        + ": the model does not support it"));
    }
}
