package io.aicore.llm;

import io.aicore.internal.Seconds;
import io.aicore.limit.Guard;
import io.aicore.llm.auth.RequestAuthorizer;
import io.aicore.llm.codec.wire.SecretValues;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.config.Secret;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.HttpTransport;
import io.aicore.llm.internal.FailureState;
import io.aicore.retry.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/**
 * Prepares every request of a provider: adds the number of retries, the configured headers and finally the credentials.
 * Removes secrets from the failures that come back.
 */
final class RequestPreparer {

    // The clocks of signatures may differ by 5 minutes, and tokens are renewed about a minute before they end.
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final String provider;
    private final HttpTransport transport;
    private final LlmConfig config;
    private final @Nullable RequestAuthorizer authorizer;
    private final Scheduler scheduler;
    private final List<String> configured;
    private volatile @Nullable Headed last;

    /** The headers of the last request, which are mostly those of the next one as well. */
    private record Headed(Map<String, String> encoded, String retries, Map<String, String> all) {}

    RequestPreparer(
            String provider,
            HttpTransport transport,
            LlmConfig config,
            @Nullable RequestAuthorizer protocols,
            Scheduler scheduler) {
        this.provider = provider;
        this.transport = transport;
        this.config = config;
        this.authorizer = config.authorizer() != null ? config.authorizer() : protocols;
        this.scheduler = scheduler;
        this.configured = secrets(config);
    }

    private static List<String> secrets(LlmConfig config) {
        List<String> secrets = new ArrayList<>();
        Secret key = config.apiKey();
        if (key != null) {
            secrets.add(key.reveal());
        }
        config.headers().forEach((name, value) -> {
            if (Redaction.namesSecret(name)) {
                secrets.add(token(value));
            }
        });
        String query = config.baseUrl() == null ? null : config.baseUrl().getQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && Redaction.namesSecret(parameter.substring(0, equals))) {
                secrets.add(parameter.substring(equals + 1));
            }
        }
        return List.copyOf(secrets);
    }

    /** "Bearer" and the like are not secret, the token after it is. */
    private static String token(String header) {
        return header.substring(header.lastIndexOf(' ') + 1);
    }

    private record ProvenRequest(WireRequest request, long instant) {}

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** One request; the values this attempt's authorizer adds are secrets of this attempt. */
    final class PreparedRequest {

        private final Supplier<List<String>> texts;
        private final Duration limit;
        private final ContextView context;
        private volatile List<String> secrets = configured;
        private volatile @Nullable Heard answered;
        private volatile @Nullable String asked;
        private final AtomicReference<@Nullable ProvenRequest> first = new AtomicReference<>();

        private PreparedRequest(Supplier<List<String>> texts, Duration limit, ContextView context) {
            this.texts = texts;
            this.limit = limit;
            this.context = context;
        }

        String provider() {
            return provider;
        }

        /**
         * Determines the credential of the first request, which is authorized here and not again when it is sent. Null for
         * the configured one.
         */
        @Nullable
        Mono<String> credential(Supplier<WireRequest> encoded) {
            RequestAuthorizer by = authorizer;
            if (by == null) {
                return null;
            }
            return Mono.defer(() -> {
                        WireRequest wire = headed(encoded.get(), context);
                        return proven(by, wire).map(proven -> {
                            first.set(new ProvenRequest(proven, now()));
                            return Credential.of(by, wire, proven);
                        });
                    })
                    .onErrorMap(this::returned);
        }

        /** The request as it is sent, authorized again for each subscriber after the first. */
        Mono<WireRequest> addressed(WireRequest encoded) {
            WireRequest wire = headed(encoded, context);
            asked = wire.path();
            RequestAuthorizer by = authorizer;
            return by == null
                    ? Mono.just(wire)
                    : Mono.fromSupplier(this::stillFresh).switchIfEmpty(proven(by, wire));
        }

        /** The authorized first request, unless it has waited for admission for so long that its proof may be stale. */
        private @Nullable WireRequest stillFresh() {
            ProvenRequest proven = first.getAndSet(null);
            return proven == null || now() - proven.instant() > FRESH.toNanos() ? null : proven.request();
        }

        private Mono<WireRequest> proven(RequestAuthorizer by, WireRequest wire) {
            return Guard.mono("the authorizer", () -> by.authorize(wire, transport.address(wire.path())))
                    .timeout(limit, Mono.error(() -> late(limit)), scheduler)
                    .switchIfEmpty(Mono.error(() -> new IllegalStateException("the authorizer returned no request")))
                    .doOnNext(proven -> remember(wire, proven));
        }

        /** What has failed, without secrets and without quotes of the caller's texts. */
        Throwable returned(Throwable error) {
            return error instanceof LlmException failure ? clean(failure) : error;
        }

        private LlmException clean(LlmException failure) {
            RequestAuthorizer by = authorizer;
            if (by != null && failure.category() == ErrorCategory.AUTHENTICATION && failure.status() != null) {
                Throwable thrown = Guard.thrownBy(by::rejected);
                if (thrown != null) {
                    failure.addSuppressed(thrown);
                }
            }
            LlmException clean = placed(Redaction.clean(failure, secrets, texts));
            Heard head = answered;
            return head == null ? clean : FailureState.response(clean, head.info());
        }

        /** The head of the response to this request, without secrets. */
        Heard heard(WireResponse head) {
            Heard heard = new Heard(head.status(), head.info(value -> Redaction.clean(value, secrets)));
            answered = heard;
            return heard;
        }

        /** The most frequent cause of a 404 is a base URL with a missing or surplus path. */
        private LlmException placed(LlmException failure) {
            String path = asked;
            if (failure.category() != ErrorCategory.NOT_FOUND || path == null) {
                return failure;
            }
            String address = Endpoints.bare(transport.address(path));
            String own = path.replaceFirst("\\?.*", "");
            String base = address.substring(0, address.length() - own.length());
            return failure.details(failure.details()
                    .why(failure.details().why() + "; the URL was " + address + ", made of the base URL " + base
                            + " and the path " + own));
        }

        private void remember(WireRequest before, WireRequest proven) {
            List<String> known = new ArrayList<>(secrets);
            proven.headers().forEach((name, value) -> {
                if (!value.equals(before.headers().get(name))) {
                    known.add(token(value));
                }
            });
            secrets = known;
        }
    }

    /**
     * A request to send.
     *
     * @param texts the caller's texts in it; evaluated only if it fails
     * @param limit longest wait for the authorizer
     */
    PreparedRequest prepared(Supplier<List<String>> texts, Duration limit, ContextView context) {
        return new PreparedRequest(texts, limit, context);
    }

    private WireRequest headed(WireRequest wire, ContextView context) {
        String retries = config.retryCountHeader()
                ? String.valueOf(Attempt.current(context).number() - 1)
                : "";
        Headed known = last;
        if (known == null || !known.retries.equals(retries) || !known.encoded.equals(wire.headers())) {
            known = new Headed(wire.headers(), retries, headers(wire, retries));
            last = known;
        }
        return new WireRequest(wire.method(), wire.path(), known.all, wire.body());
    }

    /** All headers but the authorizer's. */
    private Map<String, String> headers(WireRequest wire, String retries) {
        Map<String, String> headers = new HashMap<>(wire.headers());
        if (!retries.isEmpty()) {
            headers.put("x-retry-count", retries);
        }
        config.headers().forEach((name, value) -> replace(headers, name, value));
        return SecretValues.copyOf(headers);
    }

    /** Header names are case-insensitive: with two spellings either value could be sent. */
    static void replace(Map<String, String> headers, String name, String value) {
        headers.keySet().removeIf(name::equalsIgnoreCase);
        headers.put(name, value);
    }

    private LlmException late(Duration limit) {
        String why = "no token or signature within " + Seconds.text(limit) + " (connectTimeout)";
        return new LlmTimeoutException(
                ErrorDetails.of(provider, ErrorCategory.TIMEOUT, true, why).phase(Phase.ADMISSION), null);
    }
}
