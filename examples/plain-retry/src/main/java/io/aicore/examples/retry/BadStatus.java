package io.aicore.examples.retry;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An answer that is none. */
final class BadStatus extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable Duration retryAfter;

    BadStatus(HttpResponse<?> response) {
        super("status " + response.statusCode());
        this.status = response.statusCode();
        OptionalLong seconds = response.headers().firstValueAsLong("retry-after");
        this.retryAfter = seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : null;
    }

    int status() {
        return status;
    }

    /** How long the server wants to be left alone. */
    @Nullable
    Duration retryAfter() {
        return retryAfter;
    }
}
