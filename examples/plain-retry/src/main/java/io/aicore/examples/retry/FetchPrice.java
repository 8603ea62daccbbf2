package io.aicore.examples.retry;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.Outcome;
import io.aicore.retry.Failure;
import io.aicore.retry.FailureClassifier;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** The price of a thing from a service that is ill now and then. The circuit is shared by all calls, so keep the instance. */
public final class FetchPrice {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    FetchPrice(URI service) {
        this.request =
                HttpRequest.newBuilder(service).timeout(Duration.ofSeconds(5)).build();
    }

    // README: plain-retry
    private final CircuitBreaker circuit = CircuitBreaker.of("prices", CircuitSettings.defaults(), FetchPrice::health);

    private final RetryOnFailure retry = RetryOnFailure.of(
                    RetrySettings.defaults().initialDelay(Duration.ofMillis(100)))
            .classifier(FetchPrice::meaning)
            .circuitBreaker(circuit);

    Mono<String> price() {
        Mono<String> attempt = Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofString()))
                .map(FetchPrice::body);
        return retry.protect(circuit.protect(attempt)); // or circuit.protect(attempt).retryWhen(retry)
    }

    /** For the retry: 429 and 5xx are retried after the delay that the server requests; broken connections as by default. */
    private static Failure meaning(Throwable error) {
        if (error instanceof BadStatus bad && (bad.status() == 429 || bad.status() >= 500)) {
            return Failure.retryable("status " + bad.status()).retryAfter(bad.retryAfter());
        }
        return FailureClassifier.standard().classify(error);
    }

    /** For the circuit: a server that responds with 429 or 404 is alive, one that responds with 503 is not. */
    private static Outcome health(Throwable error) {
        return error instanceof BadStatus bad && bad.status() >= 500
                ? Outcome.FAILURE
                : CircuitBreaker.defaultOutcome(error);
    }
    // README end

    CircuitBreaker circuit() {
        return circuit;
    }

    private static String body(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new BadStatus(response);
        }
        return response.body();
    }

    public static void main(String... args) throws IOException {
        try (PriceService service = PriceService.that(503, 429, 200)) {
            FetchPrice prices = new FetchPrice(service.address());
            System.out.println(
                    "The price is " + prices.price().block() + ", after " + service.requests() + " requests");
        }
    }
}
