package io.aicore.observability;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Generates ids of records: the start time of the call, a random id of this process, and the call's own id as in logs
 * and errors. The time comes first, so that a database appends rows.
 */
final class RecordIds {

    private final String instance = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong more = new AtomicLong();

    /** Id of this process among those that write to one database. */
    String instance() {
        return instance;
    }

    /**
     * The id of a call.
     *
     * @param begun when it began
     * @param nested whether it runs inside another call's attempt, and so under that call's id
     */
    String of(Instant begun, @Nullable String callId, boolean nested) {
        String id = hex(OperationTable.held(begun).toEpochMilli()) + "-" + instance + "-" + callId;
        return callId != null && !nested ? id : id + "-" + more.incrementAndGet();
    }

    /** Eleven digits last until the year 2527. */
    private static String hex(long millis) {
        String hex = Long.toHexString(millis);
        return "0".repeat(Math.max(0, 11 - hex.length())) + hex;
    }
}
