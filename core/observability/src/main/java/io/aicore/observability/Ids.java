package io.aicore.observability;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Ids of records: the time of the call's beginning, a name of this process drawn at random, and the call's own id, as logs and
 * errors name it. The time comes first, so that a database adds rows where it added the last ones.
 */
final class Ids {

    private final String instance = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong more = new AtomicLong();

    /** This process among those that write to one database. */
    String instance() {
        return instance;
    }

    /**
     * The id of a call.
     *
     * @param begun when it began
     * @param nested whether it runs inside another call's attempt, and so under that one's id
     */
    String of(Instant begun, @Nullable String callId, boolean nested) {
        String id = hex(begun.toEpochMilli()) + "-" + instance + "-" + callId;
        return callId != null && !nested ? id : id + "-" + more.incrementAndGet();
    }

    /** Eleven digits last until the year 2527. */
    private static String hex(long millis) {
        String hex = Long.toHexString(millis);
        return "0".repeat(Math.max(0, 11 - hex.length())) + hex;
    }
}
