package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** State and milliseconds open: with two probes both must show the provider alive. */
@JCStressTest
@Outcome(id = "OPEN, 4000", expect = Expect.ACCEPTABLE, desc = "the failed probe decides")
@Outcome(expect = Expect.FORBIDDEN, desc = "closed, stuck half-open, or opened twice")
@State
public class TwoProbesDisagree {

    private final CircuitBreaker circuit =
            new Situations().circuitToProbe(CircuitSettings.defaults().probes(2));
    private final Permit one = circuit.tryAcquire();
    private final Permit other = circuit.tryAcquire();

    @Actor
    public void close() {
        one.success();
    }

    @Actor
    public void open() {
        other.failure();
    }

    @Arbiter
    public void look(LJ_Result r) {
        r.r1 = circuit.state();
        r.r2 = circuit.untilPermitted().toMillis();
    }
}
