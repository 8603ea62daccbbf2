package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.RateReport.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever happens to calls, in whatever order: each has one answer, nothing is left behind, and nothing wedges. */
class AdmissionPropertiesTest {

    private static final int PLACES = 4;

    /** One step of a story. */
    enum Step {
        CALL,
        CALL_WITH_DEADLINE,
        BATCH_CALL,
        RETRY,
        CALL_OF_ANOTHER_KEY,
        TRY,
        SUCCESS,
        FAILURE,
        LIMITED,
        LIMITED_WITH_RETRY_AFTER,
        UNAVAILABLE_WITH_RETRY_AFTER,
        CANCEL_IN_FLIGHT,
        CANCEL_IN_WAIT,
        REPORT_OF_NOTHING_LEFT,
        REPORT_OF_SOME_LEFT,
        BROKEN,
        A_MOMENT,
        A_SECOND,
        A_MINUTE,
        OTHER_SETTINGS
    }

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    /** A call and what it was told. */
    private final class Caller implements AdmissionCallback {
        int answers;
        boolean left;
        AdmissionPermit permit;
        Disposable place;

        @Override
        public void admitted(AdmissionPermit granted) {
            assertThat(left).as("admitted after it had left").isFalse();
            answers++;
            permit = granted;
            inFlight.add(this);
            assertThat(admission.snapshot().inFlight()).isLessThanOrEqualTo(PLACES);
        }

        @Override
        public void rejected(Throwable why) {
            assertThat(left).as("rejected after it had left").isFalse();
            assertThat(why)
                    .isInstanceOfAny(AdmissionRejectedException.class, CallNotPermittedException.class)
                    .hasMessageNotContaining("null");
            answers++;
        }
    }

    private final List<Caller> callers = new ArrayList<>();
    private final List<Caller> inFlight = new ArrayList<>();
    private final List<AdmissionPermit> ended = new ArrayList<>();
    private Admission admission;
    private CircuitBreaker circuit;

    @Property(tries = 1_000)
    void everyCallHasOneAnswerAndNothingIsLeft(@ForAll("stories") List<Step> story, @ForAll long seed) {
        tell(story, seed);
        for (Caller caller : callers) {
            boolean waits = caller.answers == 0 && !caller.left;
            assertThat(caller.answers).isLessThanOrEqualTo(1);
            assertThat(waits).isEqualTo(caller.place != null && !caller.place.isDisposed() && caller.answers == 0);
        }
        callers.forEach(caller -> leave(caller));
        new ArrayList<>(inFlight).forEach(caller -> caller.permit.release());
        AdmissionSnapshot left = admission.snapshot();
        assertThat(left.inFlight()).isZero();
        assertThat(left.waiting()).isZero();
        assertThat(left.gates().values()).allMatch(gate -> gate.waiting() == 0);
        assertThat(circuit.metrics().pending()).isZero();
    }

    @Property(tries = 1_000)
    void whoWaitsIsAnsweredInBoundedTime(@ForAll("stories") List<Step> story, @ForAll long seed) {
        tell(story, seed);
        new ArrayList<>(inFlight).forEach(this::end);
        for (int i = 0; i < 400 && admission.snapshot().waiting() > 0; i++) {
            clock.advanceTimeBy(Duration.ofMillis(500));
            new ArrayList<>(inFlight).forEach(this::end);
        }
        assertThat(callers).allMatch(caller -> caller.left || caller.answers == 1);
    }

    @Property(tries = 1_000)
    void afterALongTimeACallIsAdmitted(@ForAll("stories") List<Step> story, @ForAll long seed) {
        tell(story, seed);
        callers.forEach(this::leave);
        new ArrayList<>(inFlight).forEach(this::end);
        clock.advanceTimeBy(Gate.LONGEST_HOLD.multipliedBy(2));
        Caller last = call(AdmissionCall.create(), false, "key");
        clock.advanceTimeBy(Duration.ofSeconds(20));
        assertThat(last.permit).isNotNull();
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Arbitraries.of(Step.class).list().ofMaxSize(80);
    }

    private void tell(List<Step> story, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitSettings settings = CircuitSettings.defaults().minimumCalls(3);
        circuit = CircuitBreaker.of("model", settings, clock, random::nextDouble);
        admission = Admission.of(
                "provider",
                AdmissionSettings.standard().maxWaiting(8),
                ConcurrencySettings.fixed(PLACES).maxPending(8),
                clock,
                random::nextDouble);
        for (Step step : story) {
            switch (step) {
                case CALL -> call(AdmissionCall.create(), false, "key");
                case CALL_WITH_DEADLINE ->
                    call(
                            AdmissionCall.create().deadline(clock.now(TimeUnit.NANOSECONDS) + 3_000_000_000L),
                            false,
                            "key");
                case BATCH_CALL ->
                    call(AdmissionCall.create().priority(Priority.BATCH).cost(10), false, "key");
                case RETRY -> call(AdmissionCall.create(), true, "key");
                case CALL_OF_ANOTHER_KEY -> call(AdmissionCall.create(), false, "other");
                case TRY -> attempt();
                case SUCCESS -> end(random, AttemptOutcome.SUCCESS);
                case FAILURE -> end(random, AttemptOutcome.of(Outcome.FAILURE));
                case LIMITED -> end(random, AttemptOutcome.limited(null));
                case LIMITED_WITH_RETRY_AFTER ->
                    end(random, AttemptOutcome.limited(Duration.ofMillis(1 + random.nextInt(90_000))));
                case UNAVAILABLE_WITH_RETRY_AFTER -> end(random, AttemptOutcome.unavailable(Duration.ofSeconds(20)));
                case CANCEL_IN_FLIGHT -> end(random, AttemptOutcome.IGNORED);
                case CANCEL_IN_WAIT ->
                    callers.stream()
                            .filter(caller -> caller.answers == 0 && !caller.left)
                            .findFirst()
                            .ifPresent(this::leave);
                case REPORT_OF_NOTHING_LEFT -> report(new Quota(null, 0L, Duration.ofSeconds(3)));
                case REPORT_OF_SOME_LEFT -> report(new Quota(10L, 2L, Duration.ofSeconds(3)));
                case BROKEN -> ended.stream().limit(1).forEach(AdmissionPermit::broken);
                case A_MOMENT -> clock.advanceTimeBy(Duration.ofMillis(70));
                case A_SECOND -> clock.advanceTimeBy(Duration.ofSeconds(1));
                case A_MINUTE -> clock.advanceTimeBy(Duration.ofMinutes(1));
                case OTHER_SETTINGS ->
                    admission.settings(
                            random.nextBoolean()
                                    ? AdmissionSettings.interactive().maxWaiting(8)
                                    : AdmissionSettings.standard().maxWaiting(8));
            }
        }
    }

    private Caller call(AdmissionCall call, boolean retry, String key) {
        Caller caller = new Caller();
        callers.add(caller);
        caller.place = admission.lane(key, circuit).admit(call, retry, caller);
        return caller;
    }

    private void attempt() {
        Caller caller = new Caller();
        try {
            caller.admitted(admission.lane("key", circuit).tryAdmit(AdmissionCall.create(), false));
        } catch (AdmissionRejectedException | CallNotPermittedException refused) {
            caller.rejected(refused);
        }
    }

    private void leave(Caller caller) {
        if (caller.answers == 0) {
            caller.left = true;
            caller.place.dispose();
        }
    }

    private void report(Quota requests) {
        new ArrayList<>(inFlight)
                .stream().limit(1).forEach(caller -> caller.permit.report(new RateReport(requests, requests)));
    }

    private void end(SplittableRandom random, AttemptOutcome outcome) {
        if (!inFlight.isEmpty()) {
            Caller caller = inFlight.remove(random.nextInt(inFlight.size()));
            caller.permit.end(outcome);
            ended.add(0, caller.permit);
            caller.permit.release();
            caller.permit.release();
        }
    }

    private void end(Caller caller) {
        inFlight.remove(caller);
        caller.permit.end(AttemptOutcome.SUCCESS);
        caller.permit.release();
    }
}
