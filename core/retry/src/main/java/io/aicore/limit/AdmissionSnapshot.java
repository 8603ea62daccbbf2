package io.aicore.limit;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of an {@link Admission} at one instant.
 *
 * @param name name of the admission
 * @param inFlight attempts in flight
 * @param limit most attempts in flight; {@link Integer#MAX_VALUE} for no limit
 * @param waiting attempts that wait: for a gate, its pace, a place or a circuit
 * @param rejected attempts rejected so far
 * @param gates state by key
 */
public record AdmissionSnapshot(
        String name, int inFlight, int limit, int waiting, long rejected, Map<String, GateState> gates) {

    /**
     * The state of one gate.
     *
     * @param closedFor how long it stays closed; zero if it is open
     * @param pace attempts per second that it lets through; null for no limit
     * @param used attempts per second made lately
     * @param waiting attempts that wait in it
     * @param remainingRequests requests that the provider allows now, as it reported; null if unknown
     * @param remainingTokens tokens that it allows now; null if unknown
     */
    public record GateState(
            Duration closedFor,
            @Nullable Double pace,
            double used,
            int waiting,
            @Nullable Long remainingRequests,
            @Nullable Long remainingTokens) {

        static GateState of(Gate gate, long now) {
            return new GateState(
                    Duration.ofNanos(Math.max(0, gate.notBefore() - now)),
                    gate.perSecond(),
                    gate.usedRate(now),
                    gate.waiting(),
                    known(gate.remainingRequests(now)),
                    known(gate.remainingTokens(now)));
        }

        private static @Nullable Long known(long amount) {
            return amount < 0 ? null : amount;
        }
    }
}
