package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.limit.AdmissionEvent.WaitEnded;
import io.aicore.limit.AdmissionEvent.WaitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What the listener of one call hears of its wait. */
class AdmissionListenerTest {

    private final Crowd crowd = Crowd.standard();
    private final List<AdmissionEvent> heard = new ArrayList<>();
    private final AdmissionCall call = AdmissionCall.create().listener(heard::add);

    private WaitReason reason() {
        return ((WaitBegan) heard.get(0)).reason();
    }

    @Test
    void allThatAreMadeFromTheCallHear() {
        crowd.limited(Duration.ofSeconds(2));
        crowd.call(crowd.lane, call.cost(3).priority(Priority.AGENT).deadline(crowd.now() + 60_000_000_000L), "waits");
        crowd.pass(Duration.ofSeconds(3));

        assertThat(heard).hasSize(2);
        assertThat(heard.get(0)).isInstanceOf(WaitBegan.class);
        assertThat(heard.get(1)).isInstanceOfSatisfying(WaitEnded.class, wait -> {
            assertThat(wait.admitted()).isTrue();
            assertThat(wait.waited()).isEqualTo(call.waited());
        });
    }

    @Test
    void theCallOfAContextIsHeard() {
        crowd.limited(Duration.ofSeconds(2));
        crowd.lane
                .protect(Mono.just("fine"), error -> AttemptOutcome.IGNORED)
                .contextWrite(call::in)
                .subscribe();
        crowd.pass(Duration.ofSeconds(3));

        assertThat(heard).hasSize(2);
    }

    @Test
    void whoComesBehindOthersIsPaced() {
        crowd.limited(Duration.ofSeconds(2));
        crowd.pass(Duration.ofSeconds(3));
        crowd.calls(20);
        crowd.call(crowd.lane, call, "last");

        assertThat(reason()).isEqualTo(WaitReason.PACE);
        assertThat(((WaitBegan) heard.get(0)).expected()).isPositive();
    }

    @Test
    void whoWaitsBesideAProbeDoesNotKnowHowLong() {
        crowd.breakCircuit();
        crowd.call();
        crowd.pass(Duration.ofSeconds(4));
        assertThat(crowd.circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        crowd.call(crowd.lane, call, "beside");

        assertThat(heard).containsExactly(new WaitBegan("provider", Crowd.KEY, WaitReason.CIRCUIT, Duration.ZERO));
    }

    @Test
    void a503ThatAskedToWaitClosesTheGate() {
        crowd.lane.tryAdmit(AdmissionCall.create(), false).end(AttemptOutcome.unavailable(Duration.ofSeconds(3)));
        crowd.call(crowd.lane, call, "waits");

        assertThat(reason()).isEqualTo(WaitReason.GATE);
    }

    @Test
    void whoIsRejectedAtOnceHearsNothing() {
        crowd.limited(Duration.ofSeconds(90));
        crowd.call(crowd.lane, call, "rejected");

        assertThat(crowd.rejected).hasSize(1);
        assertThat(heard).isEmpty();
    }
}
