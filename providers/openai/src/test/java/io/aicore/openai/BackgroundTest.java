package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that the provider works on in the background. */
class BackgroundTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final CompletionRequest BACKGROUND = CompletionRequest.builder()
            .model("gpt-5")
            .user("hello")
            .extra("background", true)
            .build();
    private static final CompletionRequest FOREGROUND =
            CompletionRequest.builder().model("gpt-5").user("hello").build();

    private static ResponsesCodec codec(String path) {
        return new ResponsesCodec(
                JsonEndpoint.of("openai", path, Map.of("authorization", "Bearer k-1")),
                ResponsesDialect.OPENAI,
                Dialect.OPENAI);
    }

    private static String json(String quotes) {
        return quotes.replace('\'', '"');
    }

    private static String response(String status, String items) {
        return json(
                "{'id':'resp-1','object':'response','status':'" + status + "','error':null,'output':[" + items + "]}");
    }

    private static String message(String text) {
        return "{'type':'message','content':[{'type':'output_text','text':'" + text + "'}]}";
    }

    private static String event(int number, String type, String members) {
        return json("{'type':'response." + type + "','sequence_number':" + number + "," + members + "}");
    }

    private static String queued() {
        return event(0, "created", "'response':" + response("queued", ""));
    }

    private static String delta(int number, String text) {
        return event(number, "output_text.delta", "'output_index':0,'delta':'" + text + "'");
    }

    private static String completed(int number, String text) {
        return event(number, "completed", "'response':" + response("completed", message(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "/responses, /responses/resp-1, /responses/resp-1?stream=true&starting_after=1",
        "/openai/responses?api-version=v, /openai/responses/resp-1?api-version=v,"
                + " /openai/responses/resp-1?api-version=v&stream=true&starting_after=1"
    })
    void theResponseIsAskedForByItsId(String path, String whole, String rest) {
        FollowUp followUp = codec(path).followUp(BACKGROUND, Fixtures.response(200, response("queued", "")));
        StreamDecoder decoder = codec(path).streamDecoder(BACKGROUND, Fixtures.response(200, ""));
        decoder.decode(new WireEvent(null, queued()));
        decoder.decode(new WireEvent(null, delta(1, "a")));
        WireRequest resumed = decoder.resume();

        assertThat(followUp.request().path()).isEqualTo(whole);
        assertThat(followUp.request().method()).isEqualTo("GET");
        assertThat(followUp.request().headers()).containsEntry("authorization", "Bearer k-1");
        assertThat(followUp.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(resumed.path()).isEqualTo(rest);
        assertThat(resumed.headers()).containsEntry("accept", "text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "failed", "incomplete", "cancelled"})
    void aResponseThatHasEndedIsNotWaitedFor(String status) {
        assertThat(codec("/responses").followUp(BACKGROUND, Fixtures.response(200, response(status, ""))))
                .isNull();
    }

    @Test
    void whatIsNoResponseIsNotWaitedFor() {
        ResponsesCodec codec = codec("/responses");
        assertThat(codec.followUp(BACKGROUND, Fixtures.response(200, "<html>"))).isNull();
        assertThat(codec.followUp(BACKGROUND, Fixtures.response(200, ""))).isNull();
        assertThat(codec.followUp(FOREGROUND, Fixtures.response(200, response("queued", ""))))
                .isNull();
    }

    @Test
    void aStreamInTheForegroundOrOneThatFailedIsNotTakenUp() {
        StreamDecoder foreground = codec("/responses").streamDecoder(FOREGROUND, Fixtures.response(200, ""));
        foreground.decode(new WireEvent(null, queued()));
        assertThat(foreground.resume()).isNull();

        StreamDecoder failed = codec("/responses").streamDecoder(BACKGROUND, Fixtures.response(200, ""));
        assertThat(failed.resume()).isNull();
        failed.decode(new WireEvent(null, queued()));
        String failure = event(1, "failed", "'response':" + ResponsesFixture.failed("server_error", "no"));
        assertThat(catchThrowable(() -> failed.decode(new WireEvent(null, failure))))
                .isNotNull();
        assertThat(failed.resume()).isNull();
    }

    @Test
    void overTheRoadAStreamIsTakenUpAndWhatComesTwiceIsDeliveredOnce() {
        try (FaultServer server = FaultServer.start()) {
            server.then(Scripts.eventsThenCut(queued(), delta(1, "Hel")))
                    .then(Scripts.events(delta(1, "Hel"), delta(2, "lo"), completed(3, "Hello")));
            LlmProvider provider = provider(server);

            Completion answer = Completion.from(provider.stream(BACKGROUND)).block(PATIENCE);

            assertThat(answer.text()).isEqualTo("Hello");
            assertThat(answer.provenance().attempts()).isEqualTo(2);
            assertThat(server.call(1).text()).contains("\"background\":true", "\"store\":true", "\"stream\":true");
            assertThat(server.call(2).path()).isEqualTo("/v1/responses/resp-1?stream=true&starting_after=1");
            assertThat(server.call(2).header("authorization")).isEqualTo("Bearer sk-secret-1");
            provider.dispose();
        }
    }

    private static LlmProvider provider(FaultServer server) {
        return Llm.from(LlmConfig.builder()
                .provider("openai")
                .apiKey("sk-secret-1")
                .option("api", "responses")
                .baseUrl(server.url("/v1"))
                .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
                .build());
    }
}
