package io.aicore.observability.dashboard;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.observability.LlmOperation;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** The dashboard as HTTP sees it, without a browser: one with sample calls, one empty and behind a token. */
abstract class HttpSituation {

    static final String TOKEN = "a-token-of-24-characters";

    @TempDir
    static Path directory;

    static List<LlmOperation> calls;

    static Situation situation;

    static Situation secret;

    record Answer(int status, HttpHeaders headers, String body) {
        JsonFields json() {
            return Json.read(body);
        }
    }

    @BeforeAll
    static void start() {
        calls = new Samples(Instant.now(), Duration.ofMinutes(50)).calls(300);
        situation = Situation.with(directory, calls, new Samples(Instant.now(), Duration.ofMinutes(50)).circuits());
        secret = Situation.empty(directory, dashboard -> dashboard.token(TOKEN));
    }

    @AfterAll
    static void stop() {
        situation.close();
        secret.close();
    }

    static Answer api(String question) {
        return get(situation.page("api/" + question));
    }

    static Answer get(String url, String... headers) {
        return get(HttpClient.create(), url, headers);
    }

    static Answer get(HttpClient client, String url, String... headers) {
        return client.headers(set -> {
                    for (int i = 0; i < headers.length; i += 2) {
                        set.set(headers[i], headers[i + 1]);
                    }
                })
                .get()
                .uri(url)
                .responseSingle((response, body) -> body.asString()
                        .defaultIfEmpty("")
                        .map(text -> new Answer(response.status().code(), response.responseHeaders(), text)))
                .block(Situation.PATIENCE);
    }

    static Flux<String> events(String url) {
        return HttpClient.newConnection().get().uri(url).responseContent().asString();
    }
}
