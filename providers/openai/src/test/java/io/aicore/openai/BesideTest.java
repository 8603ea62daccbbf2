package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.codec.json.Json;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer has beside words and calls. */
class BesideTest extends Fixtures {

    private static final String NOTE = "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.test\"}}";

    @Test
    void whatCameIsThere() {
        Completion answer = decode("{\"id\":\"1\",\"model\":\"m\",\"service_tier\":\"flex\","
                + "\"citations\":[\"https://a.test\"],\"search_results\":[{\"title\":\"A\"}],\"moderation\":{\"flagged\":false},"
                + "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":{\"content\":[{\"token\":\"x\",\"logprob\":-1}]},"
                + "\"message\":{\"content\":\"x\",\"annotations\":[" + NOTE + "]}},"
                + "{\"index\":1,\"finish_reason\":\"length\",\"message\":{\"content\":\"y\"}}]}");

        assertThat(answer.text()).isEqualTo("x");
        assertThat(answer.extra())
                .containsEntry("service_tier", "flex")
                .containsEntry("citations", List.of("https://a.test"))
                .containsEntry("search_results", List.of(Map.of("title", "A")))
                .containsEntry("moderation", Map.of("flagged", false))
                .containsEntry("annotations", List.of(Json.read(NOTE).plain()))
                .containsKeys("logprobs", "choices")
                .hasSize(7);
        assertJson(Json.read(Json.write(answer.extra())).at("choices").at(0).at("message"), "{\"content\":\"y\"}");
    }

    @Test
    void aStreamAddsUpToTheSame() {
        String head = "{\"id\":\"1\",\"model\":\"m\",\"service_tier\":\"flex\",\"choices\":[{\"index\":";
        Completion answer = stream(
                head + "0,\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"x\"}]}}]}",
                head + "1,\"delta\":{\"role\":\"assistant\",\"content\":\"y\"}}]}",
                head + "0,\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"x\"}]}}]}",
                head + "1,\"delta\":{\"content\":\"z\"},\"finish_reason\":\"length\"}]}",
                head + "0,\"delta\":{\"annotations\":[" + NOTE + "]}}]}",
                head + "0,\"delta\":{\"annotations\":[" + NOTE + "]},\"finish_reason\":\"stop\"}]}",
                "{\"id\":\"1\",\"choices\":[],\"moderation\":{\"flagged\":true}}",
                "[DONE]");

        assertThat(answer.text()).isEqualTo("xx");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertJson(
                Json.read(Json.write(answer.extra())),
                "{\"service_tier\":\"flex\",\"logprobs\":{\"content\":[{\"token\":\"x\"},{\"token\":\"x\"}]},"
                        + "\"annotations\":[" + NOTE
                        + "],\"moderation\":{\"flagged\":true},\"choices\":[{\"index\":1,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"yz\"},\"finish_reason\":\"length\"}]}");
    }

    @Test
    void aPictureOrASoundIsAnAnswer() {
        String picture = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AQI=\"}}";
        for (String message : List.of(
                "{\"content\":null,\"images\":[" + picture + "]}",
                "{\"content\":[" + picture + "]}",
                "{\"content\":null,\"audio\":{\"id\":\"a-1\",\"data\":\"AQI=\",\"transcript\":\"hi\"}}")) {
            Completion answer = decode(answer(message, "\"stop\""));
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.extra()).hasSize(1);
        }
        Completion spoken = stream(
                delta("{\"audio\":{\"id\":\"a-1\",\"transcript\":\"h\"}}"),
                delta("{\"audio\":{\"id\":\"a-1\",\"data\":\"AQ\"}}"),
                delta("{\"audio\":{\"data\":\"I=\",\"transcript\":\"i\"}}"),
                finish("stop"),
                "[DONE]");
        assertThat(spoken.extra()).containsEntry("audio", Map.of("id", "a-1", "transcript", "hi", "data", "AQI="));
        CompletionRequest next = CompletionRequest.builder()
                .model("m")
                .user("speak")
                .message(spoken.message())
                .build();
        assertJson(
                Json.read(codec().encode(next, false).body())
                        .at("messages")
                        .at(1)
                        .at("audio"),
                "{\"id\":\"a-1\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "eos,STOP",
        "eos_token,STOP",
        "end,STOP",
        "END_TURN,STOP",
        "stop_sequence,STOP_SEQUENCE",
        "max_tokens,LENGTH"
    })
    void hostsWordsForTheEnd(String word, FinishReason reason) {
        assertThat(Dialect.COMMON.finish(word)).isEqualTo(reason);
    }

    @Test
    void whatAHostCannotSayIsNoted() {
        CompletionRequest max = CompletionRequest.builder()
                .model("glm-5.3")
                .reasoningEffort(ReasoningEffort.MAX)
                .user("hello")
                .build();
        CompletionRequest older = max.toBuilder().model("glm-4.6").build();

        assertThat(Json.read(codec("zai").encode(max, false).body()).string("reasoning_effort"))
                .isEqualTo("max");
        assertThat(codec("zai").warnings(max)).isEmpty();
        assertThat(codec("zai").warnings(older))
                .containsExactly("reasoning effort max sent as enabled: the model does not support it");
        Message marked = Message.user("hi")
                .extra(Map.of(
                        "cachePoint", Map.of("type", "default"), "cache_control", 1, "anthropic_content", List.of()));
        assertThat(codec().warnings(max.toBuilder().message(marked).build()))
                .containsExactly(
                        "message extra field cachePoint left out: the protocol has no such field in a message");
    }

    @Test
    void anItemForTheCallerIsAnAnswerOnTheRoadOfAStream() {
        String item = "{\"type\":\"shell_call\",\"id\":\"s-1\",\"call_id\":\"c-1\",\"action\":{\"commands\":[\"ls\"]}}";
        try (FaultServer server = FaultServer.start()) {
            server.then(Scripts.events(
                    "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":" + item + "}",
                    "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\","
                            + "\"service_tier\":\"default\",\"output\":[" + item + "]}}"));
            LlmProvider provider = Llm.from(LlmConfig.builder()
                    .provider("openai")
                    .apiKey("sk-x")
                    .model("m")
                    .option("api", "responses")
                    .baseUrl(server.url() + "/v1")
                    .build());
            Completion answer = Completion.from(provider.stream("list")).block(Duration.ofMinutes(3));
            provider.dispose();

            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.extra())
                    .containsEntry("output", List.of(Json.read(item).plain()))
                    .containsEntry("service_tier", "default");
            assertThat(server.calls()).isEqualTo(1);
        }
    }
}
