package io.aicore.examples.load;

import io.aicore.examples.server.DemoServer;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Providers that answer late, by a timer. As a process it prints two addresses: of one that answers each call after a
 * second, and of one that keeps all calls waiting until as many are there as its argument says. When its standard input
 * ends, it prints how many calls the second one had under way at most.
 */
public final class SlowProvider {

    static final Duration THINKING = Duration.ofSeconds(1);

    private SlowProvider() {}

    public static void main(String... args) throws IOException {
        try (DemoServer slow = start();
                DemoServer together = startTogether(Integer.parseInt(args[0]))) {
            System.out.println(slow.baseUrl());
            System.out.println(together.baseUrl());
            while (System.in.read() != -1) {}
            System.out.println(together.mostAtOnce());
        }
    }

    static DemoServer start() {
        return DemoServer.start(question -> question.answer("Here I am.").after(THINKING));
    }

    /** Answers when this many calls are waiting, and not before. */
    static DemoServer startTogether(int calls) {
        Sinks.Empty<Void> complete = Sinks.empty();
        return DemoServer.startWaiting(question -> {
            if (question.number() == calls) {
                complete.tryEmitEmpty();
            }
            return complete.asMono().then(Mono.just(question.answer("We are all here.")));
        });
    }
}
