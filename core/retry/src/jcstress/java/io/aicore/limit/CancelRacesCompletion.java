package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;

import org.openjdk.jcstress.infra.results.JJ_Result;

/** Calls counted, calls pending: a cancelled attempt is not also a success, and is given back once. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the answer was first")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "the cancel was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "both or neither")
@State
public class CancelRacesCompletion {

    private final CircuitBreaker circuit = new Situations().closedCircuit();
    private final Attempt attempt = Situations.attempt(circuit);

    @Actor
    public void answer() {
        attempt.answers();
    }

    @Actor
    public void cancel() {
        attempt.isCancelled();
    }

    @Arbiter
    public void count(JJ_Result r) {
        r.r1 = circuit.metrics().calls();
        r.r2 = circuit.metrics().pending();
    }
}
