package io.aicore.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Values, ends, and whether the attempt was cancelled. A cancel that comes while the failure is being looked at wins, and has
 * nothing left to cancel: the attempt has ended.
 */
@JCStressTest
@Outcome(id = "0, [01], 1", expect = Expect.ACCEPTABLE, desc = "either was first")
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "cancelled when the attempt had failed")
@Outcome(expect = Expect.FORBIDDEN, desc = "two ends, or a cancel that is lost beside an end")
@State
public class CallCancelRacesFailure {

    private final RacedCall call = RacedCall.value();

    @Actor
    public void cancel() {
        call.isCancelled();
    }

    @Actor
    public void fail() {
        call.fails();
    }

    @Arbiter
    public void look(III_Result r) {
        r.r1 = call.values.get();
        r.r2 = call.ends.get();
        r.r3 = Math.min(1, call.cancels.get());
    }
}
