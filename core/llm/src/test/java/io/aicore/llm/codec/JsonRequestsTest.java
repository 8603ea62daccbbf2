package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRequestsTest {

    private static final String JSON = JsonRequests.accept(false);
    private final JsonRequests requests = new JsonRequests("acme", Map.of("authorization", "Bearer k-1"));

    @Test
    void writesAPost() {
        WireRequest plain = requests.post("/chat", "m", JSON, () -> Map.of("a", 1));

        assertThat(plain.path()).isEqualTo("/chat");
        assertThat(new String(plain.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
        assertThat(plain.headers())
                .containsEntry("authorization", "Bearer k-1")
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "application/json");
        assertThat(requests.post("/chat", "m", JsonRequests.accept(true), Map::of)
                        .headers())
                .containsEntry("accept", "text/event-stream");
        assertThat(requests.toString()).doesNotContain("k-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/model/../converse", "/model/./converse", "/models/..:generateContent", "/a/..", "/../a?b=c"})
    void aModelThatWouldLeaveItsPathIsRefused(String path) {
        InvalidRequestException failure = catchThrowableOfType(
                InvalidRequestException.class, () -> requests.post(path, "..", JSON, () -> Map.of("a", 1)));

        assertThat(failure).hasMessageContaining("model: '.' and '..' name no model");
        assertThat(failure.retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/model/gpt-4.1/chat", "/model/a..b/c", "/model/.hidden/c", "/chat?next=/../a"})
    void dotsWithinAModelsNameAreSent(String path) {
        assertThat(requests.post(path, "m", JSON, Map::of).path()).isEqualTo(path);
    }

    @Test
    void whatJsonCannotSayIsRefusedWithoutItsContent() {
        Map<String, Object> endless = new LinkedHashMap<>();
        endless.put("secret plan", endless);

        InvalidRequestException failure = catchThrowableOfType(
                InvalidRequestException.class, () -> requests.post("/chat", "m", JSON, () -> endless));

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.model()).isEqualTo("m");
        assertThat(failure).hasMessageNotContaining("secret plan");
    }

    @Test
    void whatTheProtocolCannotSayIsRefusedWithItsReason() {
        InvalidRequestException failure = catchThrowableOfType(
                InvalidRequestException.class,
                () -> requests.post("/chat", null, JSON, () -> {
                    throw new NotOnTheWireException("no images here");
                }));

        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("no images here");
    }

    @Test
    void makesTheHeadersOfAContentTypeOnce() {
        Map<String, String> first = requests.post("/chat", "m", JSON, Map::of).headers();

        assertThat(requests.post("/chat", "m", JSON, Map::of).headers()).isSameAs(first);
        assertThat(requests.post("/chat", "m", JsonRequests.accept(true), Map::of)
                        .headers())
                .containsEntry("accept", "text/event-stream")
                .containsEntry("authorization", "Bearer k-1");
    }
}
