package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonEndpointTest {

    private final JsonEndpoint endpoint =
            JsonEndpoint.of("acme", "/m/{model}/ask?v=1", Map.of("authorization", "Bearer k-1"));

    @Test
    void theModelIsOneSegmentOfThePath() {
        WireRequest request = endpoint.post("a/b c:0*~", true, Map::of);

        assertThat(request.path()).isEqualTo("/m/a%2Fb%20c%3A0%2A~/ask?v=1");
        assertThat(request.headers())
                .containsEntry("authorization", "Bearer k-1")
                .containsEntry("accept", "text/event-stream");
        assertThat(endpoint.path("/x").post("m", "application/x-ndjson", Map::of))
                .satisfies(other -> assertThat(other.path()).isEqualTo("/x"))
                .satisfies(other -> assertThat(other.headers()).containsEntry("accept", "application/x-ndjson"));
    }

    @Test
    void whatWasMadeIsFoundByItsIdBesideTheOwnQuery() {
        assertThat(endpoint.path("/r?v=1").get("id 1", false, "after=2").path()).isEqualTo("/r/id%201?v=1&after=2");
        assertThat(endpoint.path("/r").get("i", false, "").path()).isEqualTo("/r/i");
    }

    @Test
    void noHeaderIsShown() {
        assertThat(endpoint.toString()).isEqualTo("acme, /m/{model}/ask?v=1");
    }

    @Test
    void aHeaderTakesThePlaceOfOneInAnotherCase() {
        WireRequest request = endpoint.post("m", false, Map::of).header("Authorization", "mine");

        assertThat(request.headers()).containsEntry("Authorization", "mine").doesNotContainKey("authorization");
    }
}
