package io.aicore.limit;

import java.io.IOException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLJ_Result;

/** State, whether a probe may go, pending calls: the probe either failed or gave its lease back. */
@JCStressTest
@Outcome(id = "OPEN, false, 0", expect = Expect.ACCEPTABLE, desc = "the error was first")
@Outcome(id = "HALF_OPEN, true, 0", expect = Expect.ACCEPTABLE, desc = "the cancel was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "both, neither, or a lost lease")
@State
public class CancelRacesError {

    private static final IOException RESET = new IOException("reset");

    private final CircuitBreaker circuit = new Situations().circuitToProbe(CircuitSettings.defaults());
    private final Attempt probe = Situations.attempt(circuit);

    @Actor
    public void fail() {
        probe.fails(RESET);
    }

    @Actor
    public void cancel() {
        probe.isCancelled();
    }

    @Arbiter
    public void look(LLJ_Result r) {
        r.r1 = circuit.state();
        r.r2 = circuit.untilPermitted().isZero();
        r.r3 = circuit.metrics().pending();
    }
}
