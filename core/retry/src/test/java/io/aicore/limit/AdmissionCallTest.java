package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

/** What is one call for admission, and how much time it has. */
class AdmissionCallTest {

    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void whatACallWaitsIsKnownToAllThatWereMadeFromIt() {
        Crowd crowd = Crowd.standard();
        crowd.limited(Duration.ofSeconds(2));
        AdmissionCall outer = AdmissionCall.create();
        AdmissionCall asking = outer.cost(3).priority(Priority.AGENT).deadline(crowd.now() + 60_000_000_000L);
        crowd.call(crowd.lane, asking, "waits");
        crowd.pass(Duration.ofSeconds(3));

        assertThat(crowd.order).containsExactly("waits");
        assertThat(outer.waited()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
        assertThat(asking.waited()).isEqualTo(outer.waited());
        assertThat(outer.cost(5).waited()).isEqualTo(outer.waited());
    }

    @Test
    void theEarlierDeadlineCounts() {
        AdmissionCall call = AdmissionCall.create().deadline(5);

        assertThat(call.deadline(9).left(0)).isEqualTo(5);
        assertThat(call.deadline(2).left(0)).isEqualTo(2);
        assertThat(call.deadline(2).cost(1).deadline(3).left(0)).isEqualTo(2);
        assertThat(call.deadline(NEVER).left(0)).isEqualTo(5);
        assertThat(AdmissionCall.create().deadline(NEVER).left(0)).isEqualTo(NEVER);
    }

    @Test
    void theCallOfAContextKeepsItsEarlierDeadline() {
        AdmissionCall outer = AdmissionCall.create().cost(7).deadline(5);
        Context context = outer.in(Context.empty());

        assertThat(AdmissionCall.from(context)).isSameAs(outer);
        assertThat(AdmissionCall.from(context, 9)).isSameAs(outer);
        assertThat(AdmissionCall.from(context, 2).left(0)).isEqualTo(2);
        assertThat(AdmissionCall.from(context, 2).cost()).isEqualTo(7);
        assertThat(AdmissionCall.from(Context.empty(), 2).left(0)).isEqualTo(2);
    }

    @Test
    void theCallOfAContextGetsTheCostOfWhatIsAsked() {
        AdmissionCall outer = AdmissionCall.create().cost(7).deadline(5);
        AdmissionCall inner = AdmissionCall.from(outer.in(Context.empty()), 9, 3);
        AdmissionCall alone = AdmissionCall.from(Priority.BATCH.in(Context.empty()), 9, 3);

        assertThat(inner.cost()).isEqualTo(3);
        assertThat(inner.left(0)).isEqualTo(5);
        assertThat(alone.cost()).isEqualTo(3);
        assertThat(alone.left(0)).isEqualTo(9);
        assertThat(alone.priorityOr(Priority.AGENT)).isEqualTo(Priority.BATCH);
        assertThatThrownBy(() -> AdmissionCall.from(Context.empty(), 9, -1)).hasMessageContaining("tokens");
    }
}
