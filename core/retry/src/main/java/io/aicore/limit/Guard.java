package io.aicore.limit;

import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/**
 * The one rule for what plugged-in code throws: only what ends the JVM passes, a {@link VirtualMachineError} other than
 * {@link StackOverflowError}, and the call ends before it does. Reactor's operators also let a {@link LinkageError} pass
 * to nobody, and the call then hangs; so plugged-in code is called through here.
 */
public final class Guard {

    private Guard() {}

    /** Whether the JVM is at its end: nothing may swallow this. */
    public static boolean endsJvm(Throwable thrown) {
        return thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError);
    }

    /** Lets pass what ends the JVM. */
    public static void throwIfJvmEnds(Throwable thrown) {
        if (endsJvm(thrown)) {
            throw (VirtualMachineError) thrown;
        }
    }

    /** The thrown in a form that Reactor delivers as an error signal: itself, or as the cause of an exception. */
    public static Throwable signal(Throwable thrown) {
        return Exceptions.isFatal(thrown) ? wrapped(thrown) : thrown;
    }

    private static RuntimeException wrapped(Throwable thrown) {
        return new IllegalStateException(
                "plugged-in code threw " + thrown.getClass().getName(), thrown);
    }

    /** What the code gives; what it throws is thrown in a form that Reactor delivers. Null is an error too. */
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

    /** {@code Mono.defer} of plugged-in code; what it throws, at once or when it is subscribed to, is an error. */
    public static <T> Mono<T> mono(String what, Supplier<Mono<T>> code) {
        return subscribed(Mono.defer(() -> call(what, code)));
    }

    /** {@code Flux.defer} of plugged-in code; what it throws, at once or when it is subscribed to, is an error. */
    public static <T> Flux<T> flux(String what, Supplier<Flux<T>> code) {
        return subscribed(Flux.defer(() -> call(what, code)));
    }

    /** The source, for which what it throws when it is subscribed to is an error like any other. */
    public static <T> Mono<T> subscribed(Mono<T> source) {
        return new ProtectedMono<>(source, context -> Ticket.NONE, error -> Outcome.IGNORED);
    }

    /** The same of a stream. */
    public static <T> Flux<T> subscribed(Flux<T> source) {
        return new ProtectedFlux<>(source, context -> Ticket.NONE, error -> Outcome.IGNORED, any -> true);
    }

    /** Ends the call with this error, and lets pass what ends the JVM only then. */
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
