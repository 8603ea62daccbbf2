package io.aicore.examples.lab.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Answer.Kind;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.call.Exchange;
import io.aicore.examples.lab.call.Journal;
import io.aicore.examples.lab.scenario.AiCoreSpec;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import io.aicore.limit.RateReport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What each rival does with a provider that fails as told. */
class RivalsTest {

    private static final double DEADLINE = 1_000;

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final List<Double> sent = new ArrayList<>();
    private final List<Boolean> ended = new ArrayList<>();
    private final ProcessContext process =
            new ProcessContext(scheduler, new SplittableRandom(5), AiCoreSpec.DEFAULTS, DEADLINE, true);
    private Function<Integer, Answer> provider = number -> Answer.of(Kind.UNAVAILABLE);

    private void call(Client client) {
        client.call(new Call(
                new Call.World(scheduler, this::receive, new NoJournal(), Seconds.nanos(30), Seconds.nanos(DEADLINE)),
                ended.size(),
                1,
                any -> {}));
        scheduler.runUntil(scheduler.now() + Seconds.nanos(DEADLINE));
    }

    private void receive(Exchange exchange) {
        sent.add(Seconds.of(scheduler.now()));
        exchange.end(provider.apply(sent.size()));
    }

    private final class NoJournal implements Journal {
        @Override
        public void callBegan(Call call) {}

        @Override
        public void callEnded(Call call, boolean ok) {
            ended.add(ok);
        }

        @Override
        public void attemptBegan(long now) {}

        @Override
        public void attemptEnded(Kind kind) {}

        @Override
        public void attemptCancelled() {}
    }

    private static Answer limited(@Nullable Double retryAfter) {
        return new Answer(Kind.LIMITED, retryAfter, RateReport.NONE);
    }

    private Client client(String name) {
        return Policies.of(name).client().apply(process);
    }

    @Test
    void exponentialBackoff() {
        call(client("exponential"));
        assertThat(sent).containsExactly(0.0, 0.5, 1.5, 3.5);
        assertThat(ended).containsExactly(false);
    }

    @Test
    void aRetryAfterIsExactWithoutJitterAndALeastWithIt() {
        provider = number -> limited(5.0);
        call(client("exponential-hint"));
        assertThat(sent).containsExactly(0.0, 5.0, 10.0, 15.0);
        sent.clear();
        call(client("full-jitter-hint"));
        assertThat(sent.get(1) - sent.get(0)).isBetween(5.0, 6.0);
    }

    @Test
    void awsSpendsItsQuotaAndMakesThreeAttempts() {
        Client aws = client("aws-standard");
        for (int i = 0; i < 100; i++) {
            call(aws);
        }
        assertThat(sent).as("500 / 14 retries, 2 a call").hasSize(100 + 500 / 14);
        assertThat(ended).hasSize(100).doesNotContain(true);
    }

    @Test
    void awsPaysLessForThrottlingAndWaitsLonger() {
        provider = number -> limited(null);
        Client aws = client("aws-standard");
        for (int i = 0; i < 100; i++) {
            call(aws);
        }
        assertThat(sent).hasSize(100 + 500 / 5);
    }

    @Test
    void awsWaitsForARetryAfterAtMostFiveSecondsMore() {
        provider = number -> number == 1 ? limited(60.0) : Answer.of(Kind.OK);
        call(client("aws-standard"));
        assertThat(sent.get(1)).isBetween(5.0, 6.0);
        assertThat(ended).containsExactly(true);
    }

    @Test
    void resilience4jOpensAfterAHundredFailuresAndProbesAfterAMinute() {
        breaker("resilience4j", 100, 10);
    }

    @Test
    void failsafeOpensAfterFiftyFailuresAndProbesAfterAMinute() {
        breaker("failsafe", 50, 1);
    }

    /** The breaker opens after so many failures and admits its probes a minute later, on virtual time. */
    private void breaker(String name, int failures, int probes) {
        Client client = client(name);
        for (int i = 0; i < 40; i++) {
            start(client);
        }
        scheduler.runUntil(scheduler.now() + Seconds.nanos(40));
        int opened = sent.size();
        double last = sent.get(opened - 1);
        assertThat(opened).isBetween(failures, failures + 10);
        while (Seconds.of(scheduler.now()) < last + 59) {
            start(client);
            scheduler.runUntil(scheduler.now() + Seconds.nanos(1));
        }
        assertThat(sent).as("open").hasSize(opened);
        provider = number -> Answer.of(Kind.OK);
        scheduler.runUntil(Seconds.nanos(last + 61));
        start(client);
        assertThat(sent).as("a probe").hasSize(opened + 1);
        for (int i = 1; i < probes + 5; i++) {
            start(client);
        }
        assertThat(sent).as("closed").hasSize(opened + probes + 5);
    }

    private void start(Client client) {
        client.call(new Call(
                new Call.World(scheduler, this::receive, new NoJournal(), Seconds.nanos(30), Seconds.nanos(DEADLINE)),
                ended.size(),
                1,
                any -> {}));
        scheduler.runUntil(scheduler.now());
    }

    @Test
    void grpcStopsRetryingBelowHalfOfItsTokens() {
        Client grpc = client("grpc-throttle");
        for (int i = 0; i < 10; i++) {
            call(grpc);
        }
        assertThat(sent).as("3 retries of the first call, then none").hasSize(10 + 3);
    }

    @Test
    void sreThrottleRefusesWhatExceedsKTimesTheAccepts() {
        Client sre = client("sre-throttle");
        provider = number -> Answer.of(Kind.OK);
        for (int i = 0; i < 40; i++) {
            start(sre);
        }
        provider = number -> Answer.of(Kind.TIMEOUT);
        int before = sent.size();
        for (int i = 0; i < 2_000; i++) {
            start(sre);
        }
        // requests - 2 * 40 accepts, by requests: the attempts sent grow as the logarithm
        assertThat(sent.size() - before).isBetween(60, 700);
    }

    @Test
    void failsafeGoRefusesAtMostNineOfTen() {
        Client go = client("failsafe-go");
        for (int i = 0; i < 3_000; i++) {
            start(go);
        }
        assertThat(sent.size() / 3_000.0).isCloseTo(0.1, within(0.05));
    }

    @Test
    void concurrencyLimitsRefuseBeyondTheirLimit() {
        Client netflix = client("concurrency-limits");
        List<Exchange> open = new ArrayList<>();
        Call.World world =
                new Call.World(scheduler, open::add, new NoJournal(), Seconds.nanos(30), Seconds.nanos(DEADLINE));
        for (int i = 0; i < 200; i++) {
            netflix.call(new Call(world, i, 1, any -> {}));
        }
        assertThat(open).as("AIMD begins with 20").hasSize(20);
    }
}
