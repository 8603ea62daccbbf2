package io.aicore.examples.lab.provider;

import io.aicore.examples.lab.call.Exchange;
import io.aicore.examples.lab.scenario.Fault;
import io.aicore.examples.lab.scenario.Fault.Kind;
import io.aicore.examples.lab.time.Chance;
import io.aicore.examples.lab.time.Chance.Stream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which faults hit an attempt. */
final class Faults {

    private static final Set<Kind> REFUSING = EnumSet.of(Kind.UNAVAILABLE, Kind.HANG, Kind.RATE_LIMIT);
    private static final Set<Kind> DOWN = EnumSet.of(Kind.UNAVAILABLE, Kind.HANG);
    private static final Set<Kind> OF_STREAMS = EnumSet.of(Kind.STREAM_OVERLOAD, Kind.STREAM_BREAK);

    private final List<Fault> faults;
    private final Chance chance;

    Faults(List<Fault> faults, Chance chance) {
        this.faults = faults;
        this.chance = chance;
    }

    /** The first fault that keeps this attempt from being worked on. */
    @Nullable
    Fault refusing(Exchange exchange, double now) {
        return first(REFUSING, exchange, now);
    }

    /** The first fault that breaks the stream of this attempt. */
    @Nullable
    Fault ofStream(Exchange exchange, double now) {
        return first(OF_STREAMS, exchange, now);
    }

    /** Whether the provider is down for this attempt, which it works on. */
    boolean isDown(Exchange exchange, double now) {
        return first(DOWN, exchange, now) != null;
    }

    /** By how much the service of this attempt takes longer. */
    double slowness(Exchange exchange, double now) {
        double factor = 1;
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (fault.kind() == Kind.SLOW_DOWN && hits(fault, i, exchange, now)) {
                factor *= fault.factor();
            }
        }
        return factor;
    }

    private @Nullable Fault first(Set<Kind> kinds, Exchange exchange, double now) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            if (kinds.contains(fault.kind()) && hits(fault, i, exchange, now)) {
                return fault;
            }
        }
        return null;
    }

    private boolean hits(Fault fault, int index, Exchange exchange, double now) {
        if (!fault.period().contains(now)) {
            return false;
        }
        double share = fault.scope().share();
        // Attempts are numbered from 1, so 0 is the draw of the whole call.
        int part = fault.scope().calls() ? 0 : exchange.number();
        return share >= 1 || chance.draw(Stream.FAULTS, exchange.call().number(), part * 64L + index) < share;
    }
}
