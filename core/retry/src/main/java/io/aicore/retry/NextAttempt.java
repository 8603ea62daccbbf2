package io.aicore.retry;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.limit.CircuitState;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** The way of a call from a failure to the attempt after it: the delay, then the circuit, then the Context of the attempt. */
record NextAttempt(Call call) {

    /** When the delay is over and the circuit admits it. */
    Mono<Context> afterDelay(Duration delay, Throwable error) {
        return delay.isZero()
                ? whenAdmitted(error)
                : Mono.delay(delay, call.scheduler)
                        .flatMap(this::onTimer)
                        .onErrorResume(thrown -> CallErrors.broken(call, error, thrown))
                        .flatMap(tick -> whenAdmitted(error));
    }

    private Mono<Context> whenAdmitted(Throwable error) {
        try {
            Circuit circuit = call.start.plan().circuit;
            return circuit == null || circuit.untilPermitted().isZero()
                    ? begun(error)
                    : after(CircuitWait::admitted, circuit.name());
        } catch (Throwable thrown) {
            return CallErrors.broken(call, error, thrown);
        }
    }

    /** When this wait for the circuit has ended well. */
    Mono<Context> after(Function<CircuitWait, Mono<Boolean>> wait, String circuit) {
        long now = call.now();
        Progress waiting = call.progress().forCircuit(now);
        call.progress(waiting);
        long patience = patience(waiting, now);
        Throwable error = waiting.lastError();
        return wait.apply(new CircuitWait(
                        call.start.plan().circuit, call.scheduler, patience, observer(circuit, waiting)))
                .flatMap(this::onTimer)
                .onErrorResume(thrown -> CallErrors.broken(call, error, thrown))
                .flatMap(permitted -> permitted ? begun(error) : CallErrors.staysOpen(call, circuit, error));
    }

    /** The instant to wait until: the rest of {@code maxWait} over all waits of this call, within the deadline. */
    private long patience(Progress waiting, long now) {
        Circuit circuit = call.start.plan().circuit;
        Duration most = circuit == null ? CircuitSettings.defaults().maxWait() : circuit.maxWait();
        // The admission's own waits for it come out of the same allowance.
        Duration before = call.start.admission().waitedForCircuit().minus(waiting.barred());
        Duration patience = most.minus(waiting.waitedForCircuit(now)).minus(before);
        Duration left = call.remaining(now);
        return now + (left == null || patience.compareTo(left) < 0 ? patience : left).toNanos();
    }

    private Mono<Context> begun(Throwable error) {
        try {
            return Mono.just(start());
        } catch (Throwable thrown) {
            return CallErrors.broken(call, error, thrown);
        }
    }

    private Context start() {
        long now = call.now();
        Progress waited = call.progress();
        Progress next = waited.started(call.remaining(now), now);
        call.start.admission().addCircuitWait(next.barred().minus(waited.barred()));
        call.progress(next);
        call.events.started(next.attempt());
        return call.start.inContext(Context.of(Attempt.class, next.attempt(), CircuitBreaker.RETRY, true));
    }

    /** A wait that ends before retryWhen asks for its result would hand it out on the thread that asks. */
    private <T> Mono<T> onTimer(T waited) {
        return Mono.just(waited).publishOn(call.scheduler);
    }

    private CircuitWait.Observer observer(String circuit, Progress waiting) {
        int next = waiting.attempt().number();
        return new CircuitWait.Observer() {
            @Override
            public void waiting(Duration delay) {
                call.events.waitingForCircuit(next, circuit, delay);
            }

            @Override
            public void saw(CircuitState state) {
                call.events.circuitChanged(next, circuit, state);
            }
        };
    }
}
