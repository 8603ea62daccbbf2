package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Whether each caller got the probe: exactly one takes over. */
@JCStressTest
@Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "one probe")
@Outcome(expect = Expect.FORBIDDEN, desc = "none or two")
@State
public class TwoCallersMeetAnExpiredLease {

    private final CircuitBreaker circuit;

    public TwoCallersMeetAnExpiredLease() {
        Situations situations = new Situations();
        circuit = situations.circuitToProbe(CircuitSettings.defaults());
        circuit.tryAcquire();
        situations.pass(Situations.LONG);
    }

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = isAdmitted();
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = isAdmitted();
    }

    private boolean isAdmitted() {
        try {
            circuit.tryAcquire();
            return true;
        } catch (CallNotPermittedException refused) {
            return false;
        }
    }
}
