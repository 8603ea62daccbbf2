package io.aicore.gemini;

import static io.aicore.gemini.Fixtures.json;
import static io.aicore.gemini.Fixtures.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountingTest {

    private static final CompletionRequest REQUEST = CompletionRequest.builder()
            .model("gemini-3-m")
            .system("Be brief.")
            .user("hello")
            .maxTokens(9)
            .tools(Tool.of("f", "", Map.of()))
            .toolChoice(ToolChoice.Mode.REQUIRED)
            .build();

    private static final String PARTS = "'systemInstruction':{'parts':[{'text':'Be brief.'}]},"
            + "'contents':[{'role':'user','parts':[{'text':'hello'}]}],"
            + "'tools':[{'functionDeclarations':[{'name':'f'}]}]";
    private static final String CONFIG = "'generationConfig':{'maxOutputTokens':9}";

    private static CountingCodec codec(boolean vertex) {
        return new CountingCodec(Fixtures.api(vertex ? "vertex" : "gemini"), vertex);
    }

    @Test
    void theGeminiApiIsSentTheWholeRequest() {
        WireRequest sent = codec(false).encode(REQUEST);

        assertThat(sent.path()).isEqualTo("/models/gemini-3-m:countTokens");
        assertThat(Json.read(sent.body()))
                .isEqualTo(Json.read(json("{'generateContentRequest':{'model':'models/gemini-3-m'," + PARTS
                        + ",'toolConfig':{'functionCallingConfig':{'mode':'ANY'}}," + CONFIG + "}}")));
        assertThat(codec(false).encode(REQUEST).body()).isEqualTo(sent.body());
    }

    @Test
    void vertexIsSentTheFieldsThatItTakes() {
        WireRequest sent = codec(true).encode(REQUEST);

        assertThat(sent.path()).isEqualTo("/models/gemini-3-m:countTokens");
        assertThat(Json.read(sent.body())).isEqualTo(Json.read(json("{" + PARTS + "," + CONFIG + "}")));
    }

    @Test
    void countsOverTheWireAndRetriesLikeAnyCall() {
        try (FaultServer server = FaultServer.start()) {
            server.then(Scripts.json(503, json("{'error':{'code':503,'status':'UNAVAILABLE'}}")))
                    .then(Scripts.json(
                            200,
                            json("{'totalTokens':12,'promptTokensDetails':[{'modality':'TEXT','tokenCount':12}]}")));
            LlmConfig config = LlmConfig.builder()
                    .provider("gemini")
                    .apiKey("k-1")
                    .model("gemini-3-m")
                    .baseUrl(server.url("/v1beta"))
                    .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                    .build();
            try (LlmProvider provider = Llm.from(config)) {
                assertThat(provider.countTokens(CompletionRequest.of("hello")).block(Duration.ofMinutes(3)))
                        .isEqualTo(12);
            }
            assertThat(server.call(2).path()).isEqualTo("/v1beta/models/gemini-3-m:countTokens");
            assertThat(server.call(2).body()).isEqualTo(server.call(1).body());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|MALFORMED_RESPONSE",
                "{'totalTokens':|MALFORMED_RESPONSE",
                "[{'error':{'code':429,'status':'RESOURCE_EXHAUSTED','message':'Resource has been exhausted'}}]|RATE_LIMITED"
            })
    void whatIsNoCountIsAFailure(String body, ErrorCategory category) {
        LlmException failure =
                catchThrowableOfType(LlmException.class, () -> codec(true).decode(REQUEST, response(200, json(body))));

        assertThat(failure.category()).isEqualTo(category);
    }
}
