package io.aicore.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Calls of one process to one provider on virtual time, and when each was admitted. */
final class Crowd {

    static final String KEY = "key-1";

    final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    final SplittableRandom random = new SplittableRandom(1);
    final List<AdmissionPermit> permits = new ArrayList<>();
    final List<Long> admittedAt = new ArrayList<>();
    final List<Throwable> rejected = new ArrayList<>();
    final List<Disposable> waiting = new ArrayList<>();
    final List<Object> order = new ArrayList<>();
    CircuitBreaker circuit = CircuitBreaker.of("model", CircuitSettings.defaults(), clock, random::nextDouble);
    Admission admission;
    AdmissionLane lane;

    Crowd(AdmissionSettings settings) {
        this(settings, ConcurrencySettings.unlimited());
    }

    Crowd(AdmissionSettings settings, ConcurrencySettings concurrency) {
        admission = Admission.of("provider", settings, concurrency, clock, random::nextDouble);
        lane = admission.lane(KEY, circuit);
    }

    static Crowd standard() {
        return new Crowd(AdmissionSettings.standard());
    }

    long now() {
        return clock.now(TimeUnit.NANOSECONDS);
    }

    void pass(Duration time) {
        clock.advanceTimeBy(time);
    }

    void pass(long millis) {
        pass(Duration.ofMillis(millis));
    }

    Disposable call() {
        return call(lane, AdmissionCall.create(), "call");
    }

    Disposable call(AdmissionLane lane, AdmissionCall call, Object name) {
        return call(lane, call, name, false);
    }

    Disposable call(AdmissionLane lane, AdmissionCall call, Object name, boolean retry) {
        Disposable place = lane.admit(call, retry, new AdmissionCallback() {
            @Override
            public void admitted(AdmissionPermit permit) {
                permits.add(permit);
                admittedAt.add(now());
                order.add(name);
            }

            @Override
            public void rejected(Throwable why) {
                rejected.add(why);
            }
        });
        waiting.add(place);
        return place;
    }

    void calls(int number) {
        for (int i = 0; i < number; i++) {
            call();
        }
    }

    /** One attempt that is refused for the rate limit. */
    void limited(Duration retryAfter) {
        AdmissionPermit permit = lane.tryAdmit(AdmissionCall.create(), false);
        permit.end(AttemptOutcome.limited(retryAfter));
        permit.release();
    }

    /** Ten failures open the circuit. */
    void breakCircuit() {
        for (int i = 0; i < circuit.settings().minimumCalls(); i++) {
            AdmissionPermit permit = lane.tryAdmit(AdmissionCall.create(), false);
            permit.end(Outcome.FAILURE);
            permit.release();
        }
    }

    /** All attempts in flight end like this. */
    void end(AttemptOutcome outcome) {
        List<AdmissionPermit> all = new ArrayList<>(permits);
        permits.clear();
        all.forEach(permit -> {
            permit.end(outcome);
            permit.release();
        });
    }

    /** For this long, every attempt is answered after a latency as the server says. */
    void serve(Duration time, Duration latency, Function<AdmissionPermit, AttemptOutcome> server) {
        long end = now() + time.toNanos();
        while (now() < end) {
            List<AdmissionPermit> arrived = new ArrayList<>(permits);
            permits.clear();
            arrived.forEach(permit -> clock.schedule(
                    () -> {
                        permit.end(server.apply(permit));
                        permit.release();
                    },
                    latency.toNanos(),
                    TimeUnit.NANOSECONDS));
            pass(10);
        }
    }

    /** The most that were admitted within any span of this length. */
    int peak(Duration span) {
        int peak = 0;
        for (int i = 0, from = 0; i < admittedAt.size(); i++) {
            while (admittedAt.get(i) - admittedAt.get(from) >= span.toNanos()) {
                from++;
            }
            peak = Math.max(peak, i - from + 1);
        }
        return peak;
    }
}
