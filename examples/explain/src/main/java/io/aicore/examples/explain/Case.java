package io.aicore.examples.explain;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it came.
 *
 * @param stream whether it came inside an answer that had begun as a success
 * @param now when it came: what instants in it are compared with
 * @param expected the verdict that it should get; null if nobody said
 */
record Case(
        String id,
        String provider,
        int status,
        Map<String, String> headers,
        String body,
        boolean stream,
        Instant now,
        Set<String> tags,
        @Nullable Expected expected) {}
