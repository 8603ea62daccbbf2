package io.aicore;

import io.aicore.limit.Admission;
import io.aicore.limit.AdmissionLane;
import io.aicore.limit.AdmissionSettings;
import io.aicore.limit.AttemptOutcome;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.retry.RetryOnFailure;
import io.aicore.retry.RetrySettings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import org.testng.annotations.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rules of Reactive Streams for publishers, as its TCK verifies them. */
class ReactiveStreamsTest {

    /** All signals here come within the request for them, so there is nothing to wait for. */
    private static final long PATIENCE_MILLIS = 20;

    private static final long SILENCE_MILLIS = 5;

    /** It asks the garbage collector, which answers when it likes. */
    private static final String UP_TO_THE_COLLECTOR =
            "required_spec313_cancelMustMakeThePublisherEventuallyDropAllReferencesToTheSubscriber";

    private final RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults());
    private final CircuitBreaker circuit = CircuitBreaker.of("circuit", CircuitSettings.defaults());
    private final AdmissionLane lane =
            Admission.of("admission", AdmissionSettings.standard()).lane("key", circuit);

    @TestFactory
    Stream<DynamicTest> aRetriedMono() {
        return verified(1, source -> retry.protect(source.singleOrEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> aRetriedFlux() {
        return verified(Long.MAX_VALUE, retry::protect);
    }

    @TestFactory
    Stream<DynamicTest> anAdmittedMono() {
        return verified(1, source -> lane.protect(source.singleOrEmpty(), ReactiveStreamsTest::outcome));
    }

    @TestFactory
    Stream<DynamicTest> anAdmittedFlux() {
        return verified(Long.MAX_VALUE, source -> lane.protect(source, ReactiveStreamsTest::outcome));
    }

    @TestFactory
    Stream<DynamicTest> aMonoUnderACircuit() {
        return verified(1, source -> circuit.protect(source.singleOrEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> aFluxUnderACircuit() {
        return verified(Long.MAX_VALUE, circuit::protect);
    }

    private static AttemptOutcome outcome(Throwable error) {
        return AttemptOutcome.of(CircuitBreaker.defaultOutcome(error));
    }

    /** The TCK's tests are TestNG's; each is one of JUnit's here. */
    private static Stream<DynamicTest> verified(long most, Function<Flux<Long>, Publisher<Long>> operator) {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .filter(method -> !method.getName().startsWith("untested_")
                        && !method.getName().equals(UP_TO_THE_COLLECTOR))
                .sorted(Comparator.comparing(Method::getName))
                .map(method ->
                        DynamicTest.dynamicTest(method.getName(), () -> run(method, new Verification(most, operator))));
    }

    private static void run(Method test, Verification verification) throws Throwable {
        verification.setUp();
        try {
            test.invoke(verification);
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause();
            throw cause instanceof SkipException ? new TestAbortedException(cause.getMessage()) : cause;
        }
    }

    private static final class Verification extends PublisherVerification<Long> {

        private final long most;
        private final Function<Flux<Long>, Publisher<Long>> operator;

        Verification(long most, Function<Flux<Long>, Publisher<Long>> operator) {
            super(new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS));
            this.most = most;
            this.operator = operator;
        }

        @Override
        public Publisher<Long> createPublisher(long elements) {
            return operator.apply(Flux.generate(() -> 0L, (sent, sink) -> {
                if (sent == elements) {
                    sink.complete();
                } else {
                    sink.next(sent);
                }
                return sent + 1;
            }));
        }

        @Override
        public Publisher<Long> createFailedPublisher() {
            return operator.apply(
                    Mono.<Long>error(new IllegalStateException("failed")).flux());
        }

        @Override
        public long maxElementsFromPublisher() {
            return most;
        }
    }
}
