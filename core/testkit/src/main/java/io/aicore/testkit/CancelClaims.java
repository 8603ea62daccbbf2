package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.testserver.Script;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/**
 * A caller who leaves, in each phase of a call: the exchange is closed, its permit is given back, and the next request the
 * server sees is another call's first.
 */
interface CancelClaims extends Claims {

    @TestFactory
    default Stream<DynamicTest> leavingBeforeTheAnswerBeginsClosesTheExchange() {
        return modes(streamed -> {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            leaveInFlight(streamed, begun, exchange -> {
                begun.complete(null);
                exchange.awaitClientClose();
            });
        });
    }

    @TestFactory
    default Stream<DynamicTest> leavingBeforeTheFirstContentClosesTheExchange() {
        return modes(streamed -> {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            String body = fixture().plain(Reply.of("Yes."));
            leaveInFlight(streamed, begun, exchange -> {
                if (streamed) {
                    rig().chunks(exchange, Events.opening(fixture()));
                } else {
                    exchange.head(200, "content-type: application/json", "content-length: 100000");
                    exchange.write(body);
                }
                begun.complete(null);
                exchange.awaitClientClose();
            });
        });
    }

    @TestFactory
    default Stream<DynamicTest> leavingInTheMiddleOfAStreamClosesTheExchange() {
        return modes(streamed -> {
            if (!streamed) {
                // Of a plain answer nothing is delivered before its end.
                return;
            }
            int number = rig().server().calls() + 1;
            int connection = rig().server().connections() + 1;
            rig().server().then(exchange -> {
                rig().chunks(exchange, Events.begun(fixture()));
                exchange.awaitClientClose();
            });
            LlmProvider provider = rig().retrying();

            assertThat(Rig.get(provider.stream(request()).next()).text()).isEqualTo("first");

            rig().server().awaitClientClosed(connection);
            assertNothingIsLeft(provider, number);
        });
    }

    @TestFactory
    default Stream<DynamicTest> leavingDuringAWaitSendsNothingMore() {
        return modes(streamed -> {
            int earlier = rig().server().calls();
            rig().server().then(error(passing()));
            Waits waits = new Waits();
            LlmProvider provider = rig().provider(waits::in);

            Disposable call = subscribe(provider, streamed);
            waits.first();
            call.dispose();

            assertThat(waits.leftInAWait()).isTrue();
            waits.advance(Duration.ofHours(1));
            assertNothingIsLeft(provider, earlier + 1);
        });
    }

    private void leaveInFlight(boolean streamed, CompletableFuture<Void> begun, Script script) {
        int number = rig().server().calls() + 1;
        int connection = rig().server().connections() + 1;
        rig().server().then(script);
        LlmProvider provider = rig().retrying();

        Disposable call = subscribe(provider, streamed);
        begun.orTimeout(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertThat(rig().circuit(provider).pending()).isEqualTo(1);
        call.dispose();

        rig().server().awaitClientClosed(connection);
        assertNothingIsLeft(provider, number);
    }

    /** That so many requests were sent, and the next one is another call's. */
    private void assertNothingIsLeft(LlmProvider provider, int sent) {
        assertThat(rig().circuit(provider).pending()).isZero();
        rig().server().then(plain(Reply.of("Yes.")));
        assertThat(Rig.get(provider.complete("again")).text()).isEqualTo("Yes.");
        assertThat(fixture().requests().prompt(sent(sent + 1))).isEqualTo("again");
        assertThat(rig().server().call(sent + 1).header("x-retry-count")).isEqualTo("0");
        assertThat(rig().server().calls()).isEqualTo(sent + 1);
    }

    private Disposable subscribe(LlmProvider provider, boolean streamed) {
        Publisher<?> call = streamed ? provider.stream(request()) : provider.complete(request());
        return Flux.from(call).subscribe();
    }

    /** A test for plain answers, and one for streams. */
    private Stream<DynamicTest> modes(Mode test) {
        return Stream.of(false, true)
                .filter(streamed -> !streamed || can(Capability.STREAMING))
                .map(streamed ->
                        DynamicTest.dynamicTest(streamed ? "a stream" : "a plain answer", () -> test.run(streamed)));
    }

    /** What is done in one mode. */
    @FunctionalInterface
    interface Mode {
        void run(boolean streamed);
    }
}
