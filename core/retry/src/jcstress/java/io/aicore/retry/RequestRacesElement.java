package io.aicore.retry;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/** Values, and what the source was asked for: one at the beginning, and five while it emits. */
@JCStressTest
@Outcome(id = "1, 6", expect = Expect.ACCEPTABLE, desc = "no demand is lost and none is invented")
@Outcome(expect = Expect.FORBIDDEN, desc = "demand was lost or invented")
@State
public class RequestRacesElement {

    private final RacedCall call = RacedCall.stream();

    @Actor
    public void emit() {
        call.emits();
    }

    @Actor
    public void request() {
        call.subscription.request(5);
    }

    @Arbiter
    public void look(IJ_Result r) {
        r.r1 = call.values.get();
        r.r2 = call.demand.get();
    }
}
