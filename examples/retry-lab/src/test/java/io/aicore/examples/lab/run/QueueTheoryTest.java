package io.aicore.examples.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.call.Exchange;
import io.aicore.examples.lab.call.Journal;
import io.aicore.examples.lab.provider.ProviderModel;
import io.aicore.examples.lab.scenario.Limits;
import io.aicore.examples.lab.scenario.ProviderSpec;
import io.aicore.examples.lab.scenario.Service;
import io.aicore.examples.lab.time.Chance;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The provider's queue waits as Erlang's formula says. */
class QueueTheoryTest {

    private static final int SLOTS = 10;
    private static final double RATE = 8;
    private static final int CALLS = 150_000;

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final SplittableRandom random = new SplittableRandom(11);
    private double total;
    private int answered;
    private int begun;

    @Test
    void waitsAsErlangC() {
        ProviderModel provider = new ProviderModel(
                new ProviderSpec(
                        SLOTS,
                        ProviderSpec.UNLIMITED,
                        false,
                        0,
                        new Service(Service.Shape.EXPONENTIAL, 1, 0, 1),
                        Limits.NONE),
                List.of(),
                scheduler,
                new Chance(11),
                false);
        long endless = Seconds.nanos(1e6);
        Call.World world = new Call.World(scheduler, provider, new NoJournal(), endless, endless);
        next(world);
        scheduler.runUntil(Seconds.nanos(1e6));
        assertThat(answered).isEqualTo(CALLS);
        double meanWait = total / answered - 1;
        assertThat(meanWait).isCloseTo(erlangC() / (SLOTS - RATE), within(0.02));
    }

    /** The probability that a request waits, of M/M/c. */
    private static double erlangC() {
        double term = 1;
        double sum = 0;
        for (int k = 0; k < SLOTS; k++) {
            sum += term;
            term *= RATE / (k + 1);
        }
        double waits = term * SLOTS / (SLOTS - RATE);
        return waits / (sum + waits);
    }

    private void next(Call.World world) {
        if (begun == CALLS) {
            return;
        }
        begun++;
        scheduler.after(Seconds.nanos(-Math.log(1 - random.nextDouble()) / RATE), () -> {
            long sent = scheduler.now();
            Exchange exchange = new Call(world, begun, 1, ended -> {}).send(answer -> {
                assertThat(answer.isOk()).isTrue();
                total += Seconds.of(scheduler.now() - sent);
                answered++;
            });
            assertThat(exchange.number()).isEqualTo(1);
            next(world);
        });
    }

    private static final class NoJournal implements Journal {
        @Override
        public void callBegan(Call call) {}

        @Override
        public void callEnded(Call call, boolean ok) {}

        @Override
        public void attemptBegan(long now) {}

        @Override
        public void attemptEnded(Answer.Kind kind) {}

        @Override
        public void attemptCancelled() {}
    }
}
