package io.aicore.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Values, ends, and whether the attempt was cancelled: the answer or the deadline's error, never both. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "the answer was first")
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the deadline was first")
@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, or none")
@State
public class DeadlineRacesAnswer {

    private final RacedCall call = RacedCall.value();

    @Actor
    public void answer() {
        call.answers();
    }

    @Actor
    public void pass() {
        call.deadlinePasses();
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = call.values.get();
        r.r2 = call.ends.get();
        r.r3 = Math.min(1, call.cancels.get());
    }
}
