package io.aicore.spring.web;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.error.LlmException;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * Answers a request whose call failed with an {@link LlmProblem}, as {@code application/problem+json}. A response that
 * has begun, such as an event stream, is aborted. An {@code @ExceptionHandler} of the application takes precedence.
 */
public final class LlmExceptionHandler implements WebExceptionHandler, Ordered {

    private static final Logger LOG = Loggers.getLogger(LlmExceptionHandler.class);
    // Boot's own, which makes a 500 with a stack trace of everything, is at -1.
    private static final int ORDER = -2;

    LlmExceptionHandler() {}

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (!(Exceptions.unwrap(error) instanceof LlmException failure) || response.isCommitted()) {
            return Mono.error(error);
        }
        LlmProblem problem = LlmProblem.of(failure);
        log(exchange.getRequest(), problem, failure);
        response.setStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
        problem.retryAfterSeconds().ifPresent(seconds -> response.getHeaders().set(HttpHeaders.RETRY_AFTER, seconds));
        DataBuffer body = response.bufferFactory().wrap(Json.write(problem.members()));
        return response.writeWith(Mono.just(body));
    }

    /** Omits the provider's message, which may contain quotes. */
    private static void log(ServerHttpRequest request, LlmProblem problem, LlmException failure) {
        int attempts = failure.attempts().size();
        LOG.warn(
                "{} {}: {}, because the call to {} {} failed with {} ({}) after {}",
                request.getMethod(),
                request.getPath(),
                problem.status().value(),
                failure.provider(),
                failure.model(),
                problem.category(),
                failure.status(),
                attempts == 1 ? "1 attempt" : attempts + " attempts");
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
