package io.aicore.llm.codec.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dialect changes, and what it gets without a word. */
class ChatCompletionsTest {

    private static final ChatDialect OWN = new ChatDialect() {
        @Override
        public String maxTokens() {
            return "limit";
        }

        @Override
        public String seed() {
            return "random_seed";
        }

        @Override
        public String word(ToolChoice.Mode mode) {
            return mode == ToolChoice.Mode.REQUIRED ? "any" : ChatDialect.super.word(mode);
        }

        @Override
        public boolean streamUsage() {
            return true;
        }

        @Override
        public FinishReason finish(String word) {
            return word.equals("full") ? FinishReason.LENGTH : ChatDialect.super.finish(word);
        }
    };

    private static ChatCompletions codec(ChatDialect dialect) {
        return new ChatCompletions(JsonEndpoint.of("acme", "/chat/completions", Map.of()), dialect);
    }

    private static JsonFields encoded(ChatDialect dialect, CompletionRequest request, boolean stream) {
        return Json.read(codec(dialect).encode(request, stream).body());
    }

    private static Completion decoded(ChatDialect dialect, String reason) {
        String body = "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"" + reason + "\"}]}";
        WireResponse response =
                new WireResponse(200, WireHeaders.EMPTY, body.getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        return codec(dialect).decode(request().build(), response);
    }

    private static CompletionRequestBuilder request() {
        return CompletionRequest.builder().model("m").user("hello");
    }

    @Test
    void theCommonDialectSendsNothingThatAHostMayRefuse() {
        CompletionRequest request = request()
                .maxTokens(5)
                .seed(7)
                .reasoningEffort(ReasoningEffort.LOW)
                .build();

        assertThat(encoded(ChatDialect.COMMON, request, true))
                .isEqualTo(Json.read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                        + "\"max_tokens\":5,\"seed\":7,\"reasoning_effort\":\"low\",\"stream\":true}"));
    }

    @Test
    void aDialectSaysItsOwnWordsAlone() {
        CompletionRequest request = request().maxTokens(5).seed(7).build();

        assertThat(encoded(OWN, request, true))
                .isEqualTo(
                        Json.read(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],"
                                        + "\"limit\":5,\"random_seed\":7,\"stream\":true,\"stream_options\":{\"include_usage\":true}}"));
        assertThat(encoded(OWN, request, false).has("stream_options")).isFalse();
    }

    @Test
    void finishReasonsAreThoseOfAllHostsAndTheDialectsOwn() {
        assertThat(decoded(OWN, "full").finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(decoded(OWN, "END_TURN").finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(decoded(ChatDialect.COMMON, "full").finishReason()).isEqualTo(FinishReason.UNKNOWN);
    }

    @Test
    void aFileIsRefusedUnlessTheDialectTakesIt() {
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .user(Content.file(new byte[] {1}, "application/pdf"))
                .build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> codec(ChatDialect.COMMON).encode(request, false))
                .withMessageContaining("a file of type application/pdf");
    }

    @Test
    void aMessagesExtraFieldsStayBehindAndAreNamed() {
        CompletionRequest request =
                request().message(Message.user("more").extra(Map.of("mark", 1))).build();

        assertThat(encoded(ChatDialect.COMMON, request, false)
                        .at("messages")
                        .at(1)
                        .has("mark"))
                .isFalse();
        assertThat(codec(ChatDialect.COMMON).warnings(request))
                .singleElement()
                .asString()
                .contains("mark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "", "\"quoted\" \\ \n \u0001", "gr\u00FC\u00DFe \uD83C\uDF88", "half \uD83C"})
    void aMessageOfTextAloneIsTheSameBytesAsOneThatIsPutTogether(String text) {
        ChatDialect asked = new ChatDialect() {};
        CompletionRequest request = CompletionRequest.builder()
                .model("m")
                .system("Be brief. " + text)
                .user(text + "?")
                .build();

        assertThat(codec(ChatDialect.COMMON).encode(request, true).body())
                .isEqualTo(codec(asked).encode(request, true).body());
    }

    @Test
    void aDialectThatIsAskedMayAddToAMessageOfTextAlone() {
        ChatDialect asked = new ChatDialect() {
            @Override
            public void beforeContent(Map<String, Object> encoded, Message message) {
                encoded.put("name", "n");
            }
        };
        CompletionRequest request =
                CompletionRequest.builder().model("m").user("Hello").build();

        assertThat(encoded(asked, request, false).at("messages").at(0).raw())
                .isEqualTo("{\"role\":\"user\",\"name\":\"n\",\"content\":\"Hello\"}");
    }
}
