package io.aicore.examples.lab.run;

import io.aicore.examples.lab.call.Call;
import io.aicore.examples.lab.policy.Client;
import io.aicore.examples.lab.policy.Policy;
import io.aicore.examples.lab.policy.ProcessContext;
import io.aicore.examples.lab.provider.ProviderModel;
import io.aicore.examples.lab.scenario.Arrivals;
import io.aicore.examples.lab.scenario.Clients;
import io.aicore.examples.lab.scenario.Scenario;
import io.aicore.examples.lab.time.Chance;
import io.aicore.examples.lab.time.Chance.Stream;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run: a scenario, a policy, a seed. */
public final class Simulation {

    private static final double SAMPLES = 1;
    /** What runs on after the last call: abandoned work, timers of circuits. */
    private static final double REST = 5;

    private final Scenario scenario;
    private final Chance chance;
    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final ProviderModel provider;
    private final Recorder recorder;
    private final Call.World world;
    private final Client[] clients;
    private long calls;

    public Simulation(Scenario scenario, Policy policy, long seed) {
        this.scenario = scenario;
        this.chance = new Chance(seed);
        Clients callers = scenario.clients();
        this.provider = new ProviderModel(scenario.provider(), scenario.faults(), scheduler, chance, callers.stream());
        double end = end();
        this.recorder = new Recorder(scheduler, (int) Math.ceil(end) + 1);
        this.world = new Call.World(
                scheduler, provider, recorder, Seconds.nanos(callers.timeout()), Seconds.nanos(callers.deadline()));
        this.clients = new Client[callers.processes()];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = policy.client()
                    .apply(new ProcessContext(
                            scheduler,
                            chance.stream(Stream.POLICY, i),
                            scenario.aicore(),
                            callers.deadline(),
                            callers.stream()));
        }
    }

    private double end() {
        Clients callers = scenario.clients();
        return callers.arrivals().lastCall(scenario.study().duration()) + callers.deadline() + REST;
    }

    /** Runs it to its end and checks that it adds up. */
    public Run run() {
        Arrivals arrivals = scenario.clients().arrivals();
        if (arrivals.rate() > 0) {
            new OpenStream(arrivals).next();
        }
        begin(arrivals.burst());
        begin(arrivals.agents());
        scheduler.schedulePeriodically(
                () -> recorder.sample(provider.queued()),
                Seconds.nanos(SAMPLES / 2),
                Seconds.nanos(SAMPLES),
                TimeUnit.NANOSECONDS);
        scheduler.runUntil(Seconds.nanos(end()));
        recorder.check();
        return new Run(new Figures(scenario, recorder).all(), Series.of(recorder));
    }

    /** Requests in work at the provider. */
    int busy() {
        return provider.busy();
    }

    Recorder recorder() {
        return recorder;
    }

    private void call(int process, Consumer<Call> onEnd) {
        long number = calls++;
        Clients.Tokens tokens = scenario.clients().tokens();
        double sigma = tokens.sigma();
        double drawn = sigma == 0 ? 0 : chance.normal(Stream.COST, number, 0);
        long cost = Math.max(1, Math.round(tokens.mean() * Math.exp(sigma * drawn - sigma * sigma / 2)));
        Call call = new Call(world, number, cost, onEnd);
        recorder.callBegan(call);
        clients[process].call(call);
    }

    /** A Poisson stream, thinned where its rate is lower than its highest. */
    private final class OpenStream {

        private final Arrivals arrivals;
        private final double highest;
        private final SplittableRandom random = chance.stream(Stream.ARRIVALS, 0);

        OpenStream(Arrivals arrivals) {
            this.arrivals = arrivals;
            this.highest = arrivals.highestRate();
        }

        void next() {
            double gap = -Math.log(1 - random.nextDouble()) / highest;
            scheduler.after(Seconds.nanos(gap), this::arrive);
        }

        private void arrive() {
            double now = Seconds.of(scheduler.now());
            if (now >= scenario.study().duration()) {
                return;
            }
            int process = random.nextInt(clients.length);
            if (random.nextDouble() * highest < arrivals.rateAt(now)) {
                call(process, ended -> {});
            }
            next();
        }
    }

    private void begin(Arrivals.@Nullable Burst burst) {
        if (burst == null) {
            return;
        }
        SplittableRandom random = chance.stream(Stream.ARRIVALS, 1);
        for (int process = 0; process < clients.length; process++) {
            int number = process;
            for (int i = 0; i < burst.calls(); i++) {
                double at = burst.at() + random.nextDouble() * burst.spread();
                scheduler.after(Seconds.nanos(at), () -> call(number, ended -> {}));
            }
        }
    }

    private void begin(Arrivals.@Nullable Agents agents) {
        if (agents == null) {
            return;
        }
        for (int process = 0; process < clients.length; process++) {
            for (int i = 0; i < agents.number(); i++) {
                long stream = 2L + (long) process * agents.number() + i;
                new Agent(process, agents.think(), chance.stream(Stream.ARRIVALS, stream)).think();
            }
        }
    }

    /** Calls, waits for the answer, thinks, calls again. */
    private final class Agent {

        private final int process;
        private final double think;
        private final SplittableRandom random;

        Agent(int process, double think, SplittableRandom random) {
            this.process = process;
            this.think = think;
            this.random = random;
        }

        void think() {
            // Never at once: an agent whose calls fail without an attempt would call for ever at one instant.
            double seconds = Math.max(0.001, -Math.log(1 - random.nextDouble()) * think);
            scheduler.after(Seconds.nanos(seconds), this::act);
        }

        private void act() {
            if (Seconds.of(scheduler.now()) < scenario.study().duration()) {
                call(process, ended -> think());
            }
        }
    }
}
