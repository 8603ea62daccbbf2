package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** What the next caller got, and the state: the old probe's answer proves life, whether or not its lease has passed on. */
@JCStressTest
@Outcome(id = "call, CLOSED", expect = Expect.ACCEPTABLE, desc = "the probe's success was first")
@Outcome(id = "probe, CLOSED", expect = Expect.ACCEPTABLE, desc = "the next caller took the lease over before it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a proof of life was lost, or nobody was admitted")
@State
public class LeaseExpiryRacesProbeSuccess {

    private final CircuitBreaker circuit;
    private final Permit probe;

    public LeaseExpiryRacesProbeSuccess() {
        Situations situations = new Situations();
        circuit = situations.circuitToProbe(CircuitSettings.defaults());
        probe = circuit.tryAcquire();
        situations.pass(Situations.LONG);
    }

    @Actor
    public void success() {
        probe.success();
    }

    @Actor
    public void next(LL_Result r) {
        try {
            r.r1 = circuit.tryAcquire().isProbe() ? "probe" : "call";
        } catch (CallNotPermittedException refused) {
            r.r1 = "refused";
        }
    }

    @Arbiter
    public void look(LL_Result r) {
        r.r2 = circuit.state();
    }
}
