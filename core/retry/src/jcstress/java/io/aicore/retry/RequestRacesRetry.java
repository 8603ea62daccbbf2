package io.aicore.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.J_Result;

/** What the second attempt was asked for: one at the beginning, and five while the first one fails. */
@JCStressTest
@Outcome(id = "6", expect = Expect.ACCEPTABLE, desc = "no demand is lost and none is invented")
@Outcome(expect = Expect.FORBIDDEN, desc = "demand was lost or invented")
@State
public class RequestRacesRetry {

    private final RacedCall call = RacedCall.retriedStream();

    @Actor
    public void fail() {
        call.fails();
    }

    @Actor
    public void request() {
        call.subscription.request(5);
    }

    @Arbiter
    public void look(J_Result r) {
        r.r1 = call.demand.get();
    }
}
