package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LJJ_Result;

/** State, milliseconds open, results too late: a result that loses against the opening changes only a counter. */
@JCStressTest
@Outcome(id = "OPEN, 2000, 0", expect = Expect.ACCEPTABLE, desc = "counted before the circuit opened")
@Outcome(id = "OPEN, 2000, 1", expect = Expect.ACCEPTABLE, desc = "too late")
@Outcome(expect = Expect.FORBIDDEN, desc = "acted on an epoch that is not its own")
@State
public class ResultRacesOpening {

    private final CircuitBreaker circuit =
            new Situations().circuit(CircuitSettings.defaults().minimumCalls(2));
    private final Permit first;
    private final Permit second;

    public ResultRacesOpening() {
        circuit.tryAcquire().success();
        first = circuit.tryAcquire();
        second = circuit.tryAcquire();
    }

    @Actor
    public void one() {
        first.failure();
    }

    @Actor
    public void other() {
        second.failure();
    }

    @Arbiter
    public void look(LJJ_Result r) {
        r.r1 = circuit.state();
        r.r2 = circuit.untilPermitted().toMillis();
        r.r3 = circuit.metrics().stale();
    }
}
