package io.aicore.examples.lab.run;

import io.aicore.examples.lab.policy.Policy;
import io.aicore.examples.lab.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs policies in scenarios with the same seeds. A run has one thread; runs share the processors. */
public final class Experiment {

    /** What runs in a scenario. */
    public record Plan(Scenario scenario, List<Policy> policies) {}

    /** Hears when a run is done. */
    public interface Progress {
        void done(String scenario, String policy);
    }

    private final int seeds;
    private final int threads;
    private final Progress progress;

    public Experiment(int seeds, int threads, Progress progress) {
        this.seeds = seeds;
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Runs all plans.
     *
     * @throws IllegalStateException if a run does not add up
     */
    public List<Outcome> run(List<Plan> plans) {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<List<List<Future<Run>>>> started = new ArrayList<>();
            for (Plan plan : plans) {
                List<List<Future<Run>>> ofPolicies = new ArrayList<>();
                for (Policy policy : plan.policies()) {
                    List<Future<Run>> ofSeeds = new ArrayList<>();
                    for (int seed = 1; seed <= seeds; seed++) {
                        long number = seed;
                        ofSeeds.add(workers.submit(() -> run(plan.scenario(), policy, number)));
                    }
                    ofPolicies.add(ofSeeds);
                }
                started.add(ofPolicies);
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (int p = 0; p < plans.size(); p++) {
                outcomes.add(outcome(plans.get(p), started.get(p)));
            }
            return outcomes;
        } finally {
            workers.shutdownNow();
        }
    }

    private Run run(Scenario scenario, Policy policy, long seed) {
        try {
            Run run = new Simulation(scenario, policy, seed).run();
            progress.done(scenario.name(), policy.name());
            return run;
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    scenario.name() + ", " + policy.name() + ", seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static Outcome outcome(Plan plan, List<List<Future<Run>>> started) {
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < started.size(); i++) {
            List<Run> runs = new ArrayList<>();
            for (Future<Run> future : started.get(i)) {
                runs.add(get(future));
            }
            results.add(new Result(plan.policies().get(i), List.copyOf(runs)));
        }
        return new Outcome(plan.scenario(), List.copyOf(results));
    }

    private static Run get(Future<Run> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
