package io.aicore.observability.metrics;

import io.aicore.observability.metrics.LlmObservationDocumentation.CallEvent;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Denies the meters of a default meter handler for these observations, which duplicate this package's own. */
final class SecondTimer implements MeterFilter {

    static final MeterFilter DENIED = new SecondTimer();

    private static final String CALL = "gen_ai.client.operation";
    private static final String ATTEMPT = "aicore.client.attempt";
    private static final Set<String> CALLS = Stream.concat(
                    Stream.of(CALL, CALL + ".active"),
                    Stream.of(CallEvent.values()).map(event -> CALL + "." + event.getName()))
            .collect(Collectors.toUnmodifiableSet());

    private SecondTimer() {}

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        String name = id.getName();
        boolean ofAttempt = name.equals(ATTEMPT) || name.equals(ATTEMPT + ".active");
        boolean second = ofAttempt || (CALLS.contains(name) && ours(id));
        return second ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    /** Other libraries use the same name with other tags. */
    private static boolean ours(Meter.Id id) {
        return id.getTag(CallTag.PROVIDER.asString()) != null && id.getTag(CallTag.SERVER_ADDRESS.asString()) != null;
    }
}
