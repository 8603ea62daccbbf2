package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJ_Result;

/** State and milliseconds open: a late probe's answer meets its successor's failure, and one of them decides. */
@JCStressTest
@Outcome(id = "OPEN, 4000", expect = Expect.ACCEPTABLE, desc = "the failure was first")
@Outcome(id = "CLOSED, 0", expect = Expect.ACCEPTABLE, desc = "the late answer had proved life before")
@Outcome(expect = Expect.FORBIDDEN, desc = "both decided, or neither")
@State
public class CloseRacesOpen {

    private final CircuitBreaker circuit;
    private final Permit lost;
    private final Permit probe;

    public CloseRacesOpen() {
        Situations situations = new Situations();
        circuit = situations.circuitToProbe(CircuitSettings.defaults());
        lost = circuit.tryAcquire();
        situations.pass(Situations.LONG);
        probe = circuit.tryAcquire();
    }

    @Actor
    public void close() {
        lost.success();
    }

    @Actor
    public void open() {
        probe.failure();
    }

    @Arbiter
    public void look(LJ_Result r) {
        r.r1 = circuit.state();
        r.r2 = circuit.untilPermitted().toMillis();
    }
}
