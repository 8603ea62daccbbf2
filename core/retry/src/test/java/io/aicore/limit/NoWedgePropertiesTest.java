package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever happens to calls, in whatever order and however late, the circuit finds its way back. */
class NoWedgePropertiesTest {

    private static final Duration LONGEST_OPEN_TIME = Duration.ofSeconds(15);
    private static final Duration LONGEST_LEASE = Duration.ofSeconds(60);

    /** One step of a story: something happens to the oldest or newest call, or time passes. */
    enum Step {
        CALL,
        CALL_RETRY,
        SUCCESS_OF_OLDEST,
        FAILURE_OF_OLDEST,
        FAILURE_OF_NEWEST,
        ALIVE_OF_NEWEST,
        CANCEL_OF_OLDEST,
        CANCEL_OF_NEWEST,
        FIRST_BYTE_OF_NEWEST,
        BROKEN_STREAM,
        TEN_FAILURES,
        A_MOMENT,
        A_SECOND,
        TWENTY_SECONDS,
        OTHER_SETTINGS
    }

    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();

    @Property(tries = 500)
    void afterTheLongestOpenTimeAndLeaseACallIsAdmitted(
            @ForAll("stories") List<Step> story, @ForAll @IntRange(min = 1, max = 3) int probes, @ForAll long seed) {
        CircuitBreaker breaker = told(story, probes, seed, new ArrayDeque<>());
        // Whoever asks may be who finds out that calls are overdue, and is refused for it. That happens once: before
        // the
        // wait, or after it where the first refusal was the ramp's.
        boolean admitted = Circuits.admits(breaker);
        for (int waits = 0; waits < 2 && !admitted; waits++) {
            clock.advanceTimeBy(LONGEST_OPEN_TIME.plus(LONGEST_LEASE));
            admitted = Circuits.admits(breaker);
        }
        assertThat(admitted).isTrue();
    }

    /** A story that the property above once told: the ramp refuses, and the next to ask finds the calls overdue. */
    @Example
    void callsMayBeFoundOverdueAfterTheRampHasRefused() {
        List<Step> story = List.of(
                Step.TEN_FAILURES,
                Step.CALL,
                Step.CALL,
                Step.CALL,
                Step.CALL,
                Step.CALL,
                Step.TWENTY_SECONDS,
                Step.CALL,
                Step.SUCCESS_OF_OLDEST,
                Step.CALL,
                Step.CALL,
                Step.OTHER_SETTINGS);
        afterTheLongestOpenTimeAndLeaseACallIsAdmitted(story, 1, 278);
    }

    @Property(tries = 500)
    void aProviderThatAnswersAgainClosesTheCircuit(
            @ForAll("stories") List<Step> story, @ForAll @IntRange(min = 1, max = 3) int probes, @ForAll long seed) {
        CircuitBreaker breaker = told(story, probes, seed, new ArrayDeque<>());
        for (int i = 0; i < 3; i++) {
            answered(breaker, probes);
        }
        // Calls of the story that hang may have been found overdue just now. That happens once.
        if (breaker.state() == CircuitState.OPEN) {
            answered(breaker, probes);
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    private void answered(CircuitBreaker breaker, int probes) {
        clock.advanceTimeBy(LONGEST_OPEN_TIME.plus(LONGEST_LEASE));
        for (int call = 0; call < probes; call++) {
            call(breaker).ifPresent(Permit::success);
        }
    }

    /** A story that the property above once told: one slow answer, and the calls that hang are overdue 164 s after them. */
    @Example
    void callsMayBeFoundOverdueInTheLastRound() {
        List<Step> story = new ArrayList<>(Collections.nCopies(11, Step.CALL));
        story.addAll(List.of(Step.A_SECOND, Step.TWENTY_SECONDS, Step.TWENTY_SECONDS, Step.SUCCESS_OF_OLDEST));
        aProviderThatAnswersAgainClosesTheCircuit(story, 1, 0);
    }

    @Property(tries = 500)
    void nothingIsPendingWhenEveryCallHasEnded(
            @ForAll("stories") List<Step> story, @ForAll @IntRange(min = 1, max = 3) int probes, @ForAll long seed) {
        Deque<Permit> inFlight = new ArrayDeque<>();
        CircuitBreaker breaker = told(story, probes, seed, inFlight);
        assertThat(breaker.metrics().pending()).isEqualTo(inFlight.size());
        inFlight.forEach(Permit::ignore);
        assertThat(breaker.metrics().pending()).isZero();
        assertThat(breaker.metrics().overdue()).isZero();
    }

    @Property(tries = 500)
    void neverMoreProbesThanAllowedUnlessLeasesExpire(
            @ForAll("stories") List<Step> story, @ForAll @IntRange(min = 1, max = 3) int probes, @ForAll long seed) {
        CircuitBreaker breaker = told(story, probes, seed, new ArrayDeque<>());
        clock.advanceTimeBy(LONGEST_OPEN_TIME.plus(LONGEST_LEASE));
        int probesOut = 0;
        while (probesOut <= probes && call(breaker).filter(Permit::isProbe).isPresent()) {
            probesOut++;
        }
        assertThat(probesOut).isLessThanOrEqualTo(probes);
    }

    @Provide
    Arbitrary<List<Step>> stories() {
        return Arbitraries.of(Step.class).list().ofMaxSize(60);
    }

    private CircuitBreaker told(List<Step> story, int probes, long seed, Deque<Permit> inFlight) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitSettings settings = CircuitSettings.defaults().probes(probes);
        CircuitBreaker breaker = CircuitBreaker.of("model", settings, clock, random::nextDouble);
        Deque<Permit> ended = new ArrayDeque<>();
        for (Step step : story) {
            switch (step) {
                case CALL -> call(breaker, false, inFlight);
                case CALL_RETRY -> call(breaker, true, inFlight);
                case SUCCESS_OF_OLDEST -> end(inFlight.pollFirst(), Outcome.SUCCESS, ended);
                case FAILURE_OF_OLDEST -> end(inFlight.pollFirst(), Outcome.FAILURE, ended);
                case FAILURE_OF_NEWEST -> end(inFlight.pollLast(), Outcome.FAILURE, ended);
                case ALIVE_OF_NEWEST -> end(inFlight.pollLast(), Outcome.ALIVE, ended);
                case CANCEL_OF_OLDEST -> end(inFlight.pollFirst(), Outcome.IGNORED, ended);
                case CANCEL_OF_NEWEST -> end(inFlight.pollLast(), Outcome.IGNORED, ended);
                case FIRST_BYTE_OF_NEWEST ->
                    inFlight.stream().skip(Math.max(0, inFlight.size() - 1)).forEach(Permit::firstByte);
                case BROKEN_STREAM -> ended.stream().limit(1).forEach(Permit::broken);
                case TEN_FAILURES -> {
                    for (int i = 0; i < 10 && Circuits.admits(breaker); i++) {
                        call(breaker, false, inFlight);
                        end(inFlight.pollLast(), Outcome.FAILURE, ended);
                    }
                }
                case A_MOMENT -> clock.advanceTimeBy(Duration.ofMillis(70));
                case A_SECOND -> clock.advanceTimeBy(Duration.ofSeconds(1));
                case TWENTY_SECONDS -> clock.advanceTimeBy(Duration.ofSeconds(20));
                case OTHER_SETTINGS ->
                    breaker.settings(settings.window(Duration.ofSeconds(5 + random.nextInt(10)))
                            .minimumCalls(1 + random.nextInt(20)));
            }
        }
        return breaker;
    }

    private static Optional<Permit> call(CircuitBreaker breaker) {
        Deque<Permit> admitted = new ArrayDeque<>();
        call(breaker, false, admitted);
        return Optional.ofNullable(admitted.poll());
    }

    private static void call(CircuitBreaker breaker, boolean retry, Deque<Permit> inFlight) {
        try {
            inFlight.addLast(breaker.tryAcquire(retry));
        } catch (CallNotPermittedException refused) {
            assertThat(refused.untilNextProbe()).isBetween(Duration.ZERO, LONGEST_LEASE);
        }
    }

    private static void end(Permit permit, Outcome outcome, Deque<Permit> ended) {
        if (permit != null) {
            permit.end(outcome);
            ended.addFirst(permit);
        }
    }
}
