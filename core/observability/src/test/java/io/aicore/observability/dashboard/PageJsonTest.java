package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** The answers that the page reads. */
class PageJsonTest {

    private static final String RANGE = "from=2026-11-23T11:56:00Z&to=2026-11-23T12:00:00Z";
    private static final List<String> QUESTIONS = List.of(
            "overview?" + RANGE,
            "groups?" + RANGE,
            "names?" + RANGE,
            "circuits?" + RANGE,
            "operations?limit=2&outcome=error&" + RANGE,
            "operation?id=5a17c0de-439");

    @Test
    void answersKeepTheirFieldsAndValues(@TempDir Path directory) throws IOException {
        Samples samples = new Samples(Instant.parse("2026-11-23T12:00:00Z"), Duration.ofMinutes(4));
        try (Situation situation = Situation.with(directory, samples.calls(600), samples.circuits())) {
            List<String> answers = Flux.fromIterable(QUESTIONS)
                    .concatMap(question -> HttpClient.create()
                            .get()
                            .uri(situation.page("api/" + question))
                            .responseContent()
                            .aggregate()
                            .asString())
                    .collectList()
                    .block(Situation.PATIENCE);

            assertThat(answers.stream().map(Json::read)).containsExactlyElementsOf(expected());
        }
    }

    /** The order of a map's entries is not the page's concern. */
    private static List<JsonFields> expected() throws IOException {
        try (InputStream text = PageJsonTest.class.getResourceAsStream("page-answers.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Json::read)
                    .toList();
        }
    }
}
