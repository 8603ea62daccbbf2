package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The state: whichever of two successes comes last closes. */
@JCStressTest
@Outcome(id = "CLOSED", expect = Expect.ACCEPTABLE, desc = "closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "stuck half-open")
@State
public class TwoProbesAgree {

    private final CircuitBreaker circuit =
            new Situations().circuitToProbe(CircuitSettings.defaults().probes(2));
    private final Permit one = circuit.tryAcquire();
    private final Permit other = circuit.tryAcquire();

    @Actor
    public void one() {
        one.success();
    }

    @Actor
    public void other() {
        other.alive();
    }

    @Arbiter
    public void look(L_Result r) {
        r.r1 = circuit.state();
    }
}
