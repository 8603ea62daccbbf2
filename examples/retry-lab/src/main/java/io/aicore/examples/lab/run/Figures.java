package io.aicore.examples.lab.run;

import io.aicore.examples.lab.scenario.Limits;
import io.aicore.examples.lab.scenario.Metric;
import io.aicore.examples.lab.scenario.Scenario;
import io.aicore.examples.lab.scenario.Study;
import io.aicore.examples.lab.scenario.Study.Window;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the metrics of a run; {@link Metric} says what each is. */
final class Figures {

    private static final double PERCENT = 100;
    private static final double MINUTE = 60;
    private static final int HERD = 90;
    private static final int SETTLE = 5;
    private static final int KEPT = 15;
    private static final int BEFORE = 30;
    private static final double RECOVERED = 0.95;

    private final Recorder recorder;
    private final Study study;
    private final Limits limits;

    Figures(Scenario scenario, Recorder recorder) {
        this.recorder = recorder;
        this.study = scenario.study();
        this.limits = scenario.provider().limits();
    }

    Map<Metric, Double> all() {
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        Window fault = study.fault();
        Window window = study.window();
        figures.put(Metric.LOAD, load(fault));
        figures.put(Metric.PEAK, peak(fault));
        figures.put(Metric.RECOVERY, recovery(fault));
        Share during = share(fault == null ? null : new Window(fault.from(), fault.to() + MINUTE));
        figures.put(Metric.FAILED, during.failedPercent());
        figures.put(Metric.WASTED, during.wasted());
        figures.put(
                Metric.FAILED_AFTER,
                share(fault == null ? null : new Window(fault.to(), fault.to() + MINUTE))
                        .failedPercent());
        double goodput = sum(recorder.good, window) / window.length();
        double demand = sum(recorder.offered, window) / window.length();
        figures.put(Metric.GOODPUT, PERCENT * goodput / Math.min(demand, limit()));
        figures.put(Metric.ATTEMPTS, sum(recorder.attempts, window) / sum(recorder.good, window));
        Share measured = share(window);
        figures.put(Metric.SUCCESS, PERCENT - measured.failedPercent());
        figures.put(Metric.P50, measured.percentile(0.5));
        figures.put(Metric.P99, measured.percentile(0.99));
        figures.put(Metric.REJECTED, (double) measured.unsent);
        Share everything = share(new Window(0, Double.POSITIVE_INFINITY));
        figures.put(Metric.DONE, PERCENT - everything.failedPercent());
        figures.put(Metric.LAST, recorder.lastSuccess() - recorder.firstCall());
        figures.put(Metric.IN_FLIGHT, (double) recorder.mostInFlight());
        figures.put(
                Metric.WAITING, (double) Arrays.stream(recorder.waiting).max().orElse(0));
        figures.replaceAll((metric, value) -> Double.isInfinite(value) ? Double.NaN : value);
        return figures;
    }

    private double limit() {
        Limits.Bucket requests = limits.requests();
        return requests == null ? Double.POSITIVE_INFINITY : requests.rate();
    }

    private double load(@Nullable Window fault) {
        Window window = fault == null
                ? study.window()
                : fault.length() > 2 * SETTLE ? new Window(fault.from() + SETTLE, fault.to()) : fault;
        return sum(recorder.attempts, window) / sum(recorder.offered, window);
    }

    private double peak(@Nullable Window fault) {
        Window searched = fault == null ? study.window() : new Window(fault.to(), fault.to() + HERD);
        Window demand = fault == null ? study.window() : fault;
        int busiest = 0;
        int end = (int) Math.min(recorder.attempts.length, Math.ceil(searched.to()));
        for (int second = (int) searched.from(); second < end; second++) {
            busiest = Math.max(busiest, recorder.attempts[second]);
        }
        double base = limit();
        return busiest / (Double.isInfinite(base) ? sum(recorder.offered, demand) / demand.length() : base);
    }

    /** The end of the run for one that never recovers. */
    private double recovery(@Nullable Window fault) {
        if (fault == null) {
            return Double.NaN;
        }
        Window before = new Window(Math.max(0, fault.from() - BEFORE), fault.from());
        double wanted = RECOVERED * sum(recorder.good, before) / before.length();
        for (double from = fault.to(); from < study.duration() - KEPT; from++) {
            double first = sum(recorder.good, new Window(from, from + SETTLE)) / SETTLE;
            double then = sum(recorder.good, new Window(from + SETTLE, from + KEPT)) / (KEPT - SETTLE);
            if (first >= wanted && then >= wanted) {
                return from - fault.to();
            }
        }
        return study.duration() - fault.to();
    }

    private static double sum(int[] counts, Window window) {
        double sum = 0;
        int end = (int) Math.min(counts.length, Math.round(window.to()));
        for (int second = (int) Math.round(window.from()); second < end; second++) {
            sum += counts[second];
        }
        return sum;
    }

    private Share share(@Nullable Window window) {
        Share share = new Share();
        if (window != null) {
            recorder.forEachCall((began, took, ok, unsent) -> {
                if (window.contains(began)) {
                    share.add(took, ok, unsent);
                }
            });
        }
        return share;
    }

    /** The calls that began in a window. */
    private static final class Share {

        private double[] times = new double[1_024];
        private int good;
        private long failed;
        private long unsent;
        private double wasted;
        private boolean sorted;

        void add(double took, boolean ok, boolean neverSent) {
            if (ok) {
                if (good == times.length) {
                    times = Arrays.copyOf(times, 2 * good);
                }
                times[good] = took;
                good++;
            } else {
                failed++;
                wasted += took;
                unsent += neverSent ? 1 : 0;
            }
        }

        double failedPercent() {
            return PERCENT * failed / ((double) failed + good);
        }

        double wasted() {
            return failed == 0 ? Double.NaN : wasted / failed;
        }

        double percentile(double share) {
            if (good == 0) {
                return Double.NaN;
            }
            if (!sorted) {
                Arrays.sort(times, 0, good);
                sorted = true;
            }
            return times[Math.min(good - 1, (int) (share * good))];
        }
    }
}
