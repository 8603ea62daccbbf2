package io.aicore.examples.lab.scenario;

/**
 * A provider.
 *
 * @param slots requests it works on at once
 * @param queue requests that wait for a slot; the next one is refused with 503
 * @param stopsAbandoned whether it stops working on a request whose client has gone; else it finishes it
 * @param latency seconds until a refusal reaches the client
 * @param service how long it works
 * @param limits its rate limits
 */
public record ProviderSpec(
        int slots, int queue, boolean stopsAbandoned, double latency, Service service, Limits limits) {

    /** No limit of slots or of the queue. */
    public static final int UNLIMITED = Integer.MAX_VALUE;
}
