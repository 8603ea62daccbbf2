package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;

import org.openjdk.jcstress.infra.results.JJ_Result;

/** Overdue and pending calls a minute later: of two hanging calls one has left, and only once. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "the other one still hangs")
@Outcome(expect = Expect.FORBIDDEN, desc = "left twice or not at all")
@State
public class FirstByteRacesCancel {

    private final Situations situations = new Situations();
    private final CircuitBreaker circuit = situations.closedCircuit();
    private final Permit heard = circuit.tryAcquire();

    public FirstByteRacesCancel() {
        circuit.tryAcquire();
    }

    @Actor
    public void firstByte() {
        heard.firstByte();
    }

    @Actor
    public void cancel() {
        heard.ignore();
    }

    @Arbiter
    public void look(JJ_Result r) {
        situations.pass(Situations.LONG);
        r.r1 = circuit.metrics().overdue();
        r.r2 = circuit.metrics().pending();
    }
}
