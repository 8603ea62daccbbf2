package io.aicore.google;

import io.aicore.llm.auth.AccessToken;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.http.HttpSettings;
import io.aicore.llm.http.HttpTransport;
import io.aicore.llm.http.Timeouts;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A server that gives tokens in the form of OAuth 2.0. */
record TokenEndpoint(URI address, HttpSettings http, InstantSource clock) {

    private static final ErrorClassifier ERRORS = new ErrorClassifier("google");
    private static final Timeouts TIMEOUTS = Timeouts.defaults().attempt(Duration.ofSeconds(10));

    /** One token. A token is wanted once an hour: a connection for each is no waste, and leaves nothing to close. */
    Mono<AccessToken> fetch(Supplier<WireRequest> request) {
        return Mono.using(
                        () -> HttpTransport.create(ERRORS.provider(), address, http),
                        transport -> transport.send(request.get(), TIMEOUTS).map(this::token),
                        HttpTransport::dispose)
                // Signing draws random numbers, and TLS settings may name files.
                .subscribeOn(Schedulers.boundedElastic());
    }

    private AccessToken token(WireResponse response) {
        if (!response.successful()) {
            throw ERRORS.response(null, response);
        }
        JsonFields tree;
        try {
            tree = Json.read(response.body());
        } catch (MalformedJsonException e) {
            throw ERRORS.malformed(null, response, "not_json", "the token response is " + e.getMessage());
        }
        String token = tree.string("access_token");
        Long seconds = tree.whole("expires_in");
        if (token == null || token.isBlank() || seconds == null || seconds < 0) {
            throw ERRORS.malformed(null, response, "no_token", "the answer has no access_token with its expires_in");
        }
        return AccessToken.of(token, clock.instant().plusSeconds(seconds));
    }
}
