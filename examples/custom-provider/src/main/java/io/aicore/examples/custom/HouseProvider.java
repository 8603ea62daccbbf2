package io.aicore.examples.custom;

import io.aicore.llm.LlmBaseProvider;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.LlmTimeoutException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.error.RateLimitedException;
import io.aicore.retry.RetryOnFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** The model of the house: the prompt goes out as plain text, the answer comes back as plain text. */
final class HouseProvider extends LlmBaseProvider {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    HouseProvider(LlmConfig config) {
        super("house", config);
        this.address = Objects.requireNonNull(config.baseUrl(), "baseUrl: not set (expected: the house's address)");
    }

    // README: custom-provider
    @Override
    protected Mono<Completion> attempt(CompletionRequest request) {
        HttpRequest post = HttpRequest.newBuilder(address)
                .POST(BodyPublishers.ofString(prompt(request)))
                .build();
        return Mono.fromFuture(() -> client.sendAsync(post, BodyHandlers.ofString()))
                .map(this::read);
    }

    @Override
    protected RetryOnFailure retry(RetryOnFailure defaults) {
        return defaults.settings(defaults.settings().maxRetries(5))
                .retryOn(RateLimitedException.class, LlmTimeoutException.class)
                .giveUpOn(AuthenticationException.class)
                .listener(event -> System.out.println(Story.of(event)));
    }
    // README end

    private Completion read(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> Completion.of(response.body());
            case 401 -> throw failure(response, ErrorCategory.AUTHENTICATION, false);
            case 408, 504 -> throw failure(response, ErrorCategory.TIMEOUT, true);
            case 429 -> throw failure(response, ErrorCategory.RATE_LIMITED, true);
            default -> throw failure(response, ErrorCategory.SERVER_ERROR, true);
        };
    }

    private LlmException failure(HttpResponse<String> response, ErrorCategory category, boolean retryable) {
        var retryAfter = response.headers().firstValueAsLong("retry-after");
        return LlmException.of(ErrorDetails.of(name(), category, retryable, "the house said no")
                .response(response.statusCode(), null, null)
                .retryAfter(retryAfter.isPresent() ? Duration.ofSeconds(retryAfter.getAsLong()) : null)
                .phase(Phase.BODY));
    }

    private static String prompt(CompletionRequest request) {
        return request.messages().get(request.messages().size() - 1).text();
    }
}
