package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A success, a failure and the release of one attempt: one outcome counts, and its place is free once. */
@JCStressTest
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "the success or the failure was first")
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "the release was first: nothing is counted")
@Outcome(expect = Expect.FORBIDDEN, desc = "two outcomes, or a place that is free twice or never")
@State
public class OutcomeRacesRelease {

    private final Situations situations = new Situations();
    private final CircuitBreaker circuit = situations.closedCircuit();
    private final Admission admission = Admission.of(
            "raced", AdmissionSettings.standard(), ConcurrencySettings.fixed(2), situations, () -> 0.5);
    private final AdmissionPermit permit = admission.lane("key", circuit).tryAdmit(AdmissionCall.create(), false);

    @Actor
    public void succeed() {
        permit.end(io.aicore.limit.Outcome.SUCCESS);
        permit.release();
    }

    @Actor
    public void fail() {
        permit.end(io.aicore.limit.Outcome.FAILURE);
        permit.release();
    }

    @Actor
    public void cancel() {
        permit.release();
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = admission.snapshot().inFlight();
        r.r2 = (int) circuit.metrics().calls();
        r.r3 = (int) circuit.metrics().pending();
    }
}
