package io.aicore.limit;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * Calls user-provided code so that whatever it throws becomes an error signal. Only errors that end the JVM are
 * rethrown (a {@link VirtualMachineError} other than {@link StackOverflowError}), after the call has ended. Reactor's
 * operators also rethrow a {@link LinkageError} without a signal, which leaves the call hanging.
 */
public final class Guard {

    private Guard() {}

    /** Whether this error ends the JVM and must not be swallowed. */
    public static boolean endsJvm(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** Rethrows an error that ends the JVM. */
    public static void throwIfJvmEnds(Throwable thrown) {
        if (endsJvm(thrown)) {
            throw (VirtualMachineError) thrown;
        }
    }

    /** The error in a form that Reactor delivers as an error signal: itself, or as the cause of an exception. */
    public static Throwable signal(Throwable thrown) {
        return Exceptions.isFatal(thrown) ? wrapped(thrown) : thrown;
    }

    private static RuntimeException wrapped(Throwable thrown) {
        return new IllegalStateException(
                "plugged-in code threw " + thrown.getClass().getName(), thrown);
    }

    /**
     * Returns the code's result; rethrows what it throws in a form that Reactor delivers. A null result is an error
     * too.
     */
    public static <T> T call(String what, Supplier<? extends T> code) {
        T given;
        try {
            given = code.get();
        } catch (Throwable thrown) {
            if (Exceptions.isFatal(thrown)) {
                throw wrapped(thrown);
            }
            throw thrown;
        }
        if (given == null) {
            throw new NullPointerException(what + " gave null");
        }
        return given;
    }

    /** What user-provided code throws, for callers that must not throw; null if nothing. What ends the JVM passes. */
    public static @Nullable Throwable thrownBy(Runnable code) {
        try {
            code.run();
            return null;
        } catch (Throwable thrown) {
            throwIfJvmEnds(thrown);
            return thrown;
        }
    }

    /**
     * {@code Mono.defer} for user-provided code; what it throws, on the call or on subscription, is an error signal.
     */
    public static <T> Mono<T> mono(String what, Supplier<Mono<T>> code) {
        return subscribed(Mono.defer(() -> call(what, code)));
    }

    /**
     * {@code Flux.defer} for user-provided code; what it throws, on the call or on subscription, is an error signal.
     */
    public static <T> Flux<T> flux(String what, Supplier<Flux<T>> code) {
        return subscribed(Flux.defer(() -> call(what, code)));
    }

    /** Turns what the source throws on subscription into an error signal. */
    public static <T> Mono<T> subscribed(Mono<T> source) {
        return new ProtectedMono<>(withoutAdmission(source));
    }

    /** Turns what the source throws on subscription into an error signal. */
    public static <T> Flux<T> subscribed(Flux<T> source) {
        return new ProtectedFlux<>(withoutAdmission(source));
    }

    private static <T> Entry<T> withoutAdmission(Publisher<T> source) {
        return new ImmediateEntry<>(source, context -> Ticket.NONE, error -> AttemptOutcome.IGNORED, any -> true);
    }

    /** Ends the call with this error, then rethrows the error that ends the JVM. */
    public static <T> Mono<T> endThenThrow(Throwable error, Throwable jvmEnd) {
        return new Mono<T>() {
            @Override
            public void subscribe(CoreSubscriber<? super T> actual) {
                Operators.error(actual, signal(error));
                throwIfJvmEnds(jvmEnd);
            }
        };
    }
}
