package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;

import org.openjdk.jcstress.infra.results.L_Result;

/** What a listener heard last, when two threads change the state at once: the present state. */
@JCStressTest
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "told last what is")
@Outcome(expect = Expect.FORBIDDEN, desc = "told in the wrong order, or not at all")
@State
public class ListenersHearTheLastState {

    private volatile CircuitState present = CircuitState.CLOSED;
    private volatile CircuitState heard;
    private final StateChanges changes = new StateChanges(() -> present);

    public ListenersHearTheLastState() {
        changes.states().subscribe(state -> heard = state);
    }

    @Actor
    public void open() {
        present = CircuitState.OPEN;
        changes.changed();
    }

    @Actor
    public void halfOpen() {
        present = CircuitState.HALF_OPEN;
        changes.changed();
    }

    @Arbiter
    public void look(L_Result r) {
        r.r1 = heard == present;
    }
}
