package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.DATA;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Operators;
import reactor.netty.Connection;
import reactor.util.context.Context;

/** In each phase the server sees the connection closed, and no further request. */
class CancelTest {

    private final FaultServer server = FaultServer.start();
    private final HttpTransport transport = Situations.transport(server.url());

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private void closedWithoutAnotherRequest() {
        server.awaitClientClosed(1);
        assertThat(server.calls()).isEqualTo(1);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void cancellingBeforeTheHeadersClosesTheConnection() {
        server.then(Scripts.silence());
        Disposable call = transport.send(chat(), Timeouts.defaults()).subscribe();
        server.call(1);
        call.dispose();
        closedWithoutAnotherRequest();
    }

    @Test
    void cancellingAStreamBeforeTheHeadersClosesTheConnection() {
        server.then(Scripts.silence());
        Disposable call = transport.stream(chat(), Timeouts.defaults(), DATA).subscribe();
        server.call(1);
        call.dispose();
        closedWithoutAnotherRequest();
    }

    /** The caller leaves on its own thread while the event loop hands the head over: made certain by leaving inside of it. */
    @Test
    void cancellingInTheMomentTheHeadArrivesClosesTheConnection() {
        AtomicBoolean answering = new AtomicBoolean();
        server.then(exchange -> {
            answering.set(true);
            exchange.head(200, "content-type: application/json", "content-length: 1000");
            exchange.awaitClientClose();
        });
        Disposable.Swap call = Disposables.swap();
        Hooks.onEachOperator("leaving", Operators.lift((source, reader) -> new Leaving(reader, answering, call)));
        try {
            call.update(transport.send(chat(), Timeouts.defaults()).subscribe());
            closedWithoutAnotherRequest();
        } finally {
            Hooks.resetOnEachOperator("leaving");
        }
    }

    /** Leaves the call just before the connection with the answer's head is handed on. */
    private static final class Leaving implements CoreSubscriber<Object> {

        private final CoreSubscriber<? super Object> reader;
        private final AtomicBoolean answering;
        private final Disposable call;

        Leaving(CoreSubscriber<? super Object> reader, AtomicBoolean answering, Disposable call) {
            this.reader = reader;
            this.answering = answering;
            this.call = call;
        }

        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            reader.onSubscribe(subscription);
        }

        @Override
        public void onNext(Object value) {
            if (value instanceof Connection && answering.get()) {
                call.dispose();
            }
            reader.onNext(value);
        }

        @Override
        public void onError(Throwable error) {
            reader.onError(error);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
        }
    }

    @Test
    void cancellingWithinTheBodyClosesTheConnection() throws InterruptedException {
        CountDownLatch bodyBegun = new CountDownLatch(1);
        server.then(exchange -> {
            exchange.head(200, "content-type: application/json", "content-length: 1000");
            exchange.write("{");
            bodyBegun.countDown();
            exchange.awaitClientClose();
        });
        Disposable call = transport.send(chat(), Timeouts.defaults()).subscribe();
        assertThat(bodyBegun.await(3, TimeUnit.MINUTES)).isTrue();
        call.dispose();
        closedWithoutAnotherRequest();
    }

    @Test
    void cancellingMidStreamClosesTheConnection() throws InterruptedException {
        server.then(Scripts.eventsThenSilence("one"));
        CountDownLatch first = new CountDownLatch(1);
        Disposable call = transport.stream(chat(), Timeouts.defaults(), DATA).subscribe(event -> first.countDown());
        assertThat(first.await(3, TimeUnit.MINUTES)).isTrue();
        call.dispose();
        closedWithoutAnotherRequest();
    }

    @Test
    void takingOneEventOfManyClosesTheConnection() {
        server.then(Scripts.eventsThenSilence("one", "two", "three"));
        assertThat(transport.stream(chat(), Timeouts.defaults(), DATA).next().block(Situations.PATIENCE))
                .isEqualTo("one");
        closedWithoutAnotherRequest();
    }

    /** As operators behind it do with a LinkageError, and nobody cancels then. */
    @Test
    void aSubscriberThatThrowsClosesTheConnection() {
        server.then(Scripts.eventsThenSilence("one"));
        transport.stream(chat(), Timeouts.defaults(), DATA)
                .doOnNext(event -> {
                    throw new NoSuchMethodError("of another version");
                })
                .subscribe();
        closedWithoutAnotherRequest();
    }

    @Test
    void disposingTheTransportClosesItsConnections() {
        server.then(Scripts.json(200, "{}"));
        transport.send(chat(), Timeouts.defaults()).block(Situations.PATIENCE);
        transport.dispose();
        server.awaitClientClosed(1);
    }
}
