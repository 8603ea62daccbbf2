package io.aicore.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Values, ends, whether the attempt was cancelled, overlaps: the error comes once, and never before or within the element. */
@JCStressTest
@Outcome(id = "[01], 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "either was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, none, or one within the element")
@State
public class DeadlineRacesElement {

    private final RacedCall call = RacedCall.stream();

    @Actor
    public void emit() {
        call.emits();
    }

    @Actor
    public void pass() {
        call.deadlinePasses();
    }

    @Arbiter
    public void look(IIII_Result r) {
        call.timersEnd();
        r.r1 = call.values.get();
        r.r2 = call.ends.get();
        r.r3 = Math.min(1, call.cancels.get());
        r.r4 = call.overlaps.get();
    }
}
