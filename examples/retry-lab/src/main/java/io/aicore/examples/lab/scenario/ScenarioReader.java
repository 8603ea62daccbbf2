package io.aicore.examples.lab.scenario;

import io.aicore.examples.lab.scenario.Clients.Tokens;
import io.aicore.examples.lab.scenario.Section.Range;
import io.aicore.examples.lab.scenario.Study.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a scenario of a file: keys, ranges and defaults are here. */
final class ScenarioReader {

    static final Range TIME = Range.of(0, 86_400);
    private static final Range SPAN = Range.above(0, 86_400);
    private static final Range RATE = Range.of(0, 100_000);
    private static final Range FACTOR = Range.of(0, 1_000);
    private static final Range SHARE = Range.of(0, 1);
    private static final Range SIGMA = Range.of(0, 3);
    private static final Range MILLION = Range.of(1, 1_000_000);
    private static final double WARM_UP = 30;
    private static final double BROWN_OUT = 0.3;
    private static final double THIRD = 1.0 / 3;
    private static final double SLOW = 5;
    private static final double FLAP = 4;
    private static final double REFUSAL = 0.1;
    private static final double MOST_CALLS = 10_000_000;
    private static final double MOST_AGENTS = 1_000_000;

    private final Section root;
    private final String fileName;

    ScenarioReader(Section root, String fileName) {
        this.root = root;
        this.fileName = fileName;
    }

    Scenario read() {
        String name = root.string("name", fileName);
        Scenario.Title title = new Scenario.Title(name, root.string("description", ""));
        double duration = root.seconds("duration", SPAN);
        Clients clients = clients(root.section("clients"), duration);
        double lastCall = clients.arrivals().lastCall(duration);
        ProviderSpec provider = provider(root.section("provider"));
        List<Fault> faults = faults(lastCall + clients.deadline());
        AiCoreSpec aicore = new AiCoreReader(root.section("aicore")).read();
        Study study = new StudyReader(root, duration, lastCall).read(outage(faults, duration));
        root.end();
        return new Scenario(title, clients, provider, faults, aicore, study);
    }

    private static @Nullable Window outage(List<Fault> faults, double duration) {
        double from = faults.stream().mapToDouble(f -> f.period().from()).min().orElse(Double.NaN);
        double to = faults.stream().mapToDouble(f -> f.period().to()).max().orElse(Double.NaN);
        // A fault that never ends is a condition: nothing comes before or after it.
        return faults.isEmpty() || from <= 0 || to >= duration ? null : new Window(from, to);
    }

    private static Clients clients(Section section, double duration) {
        int processes = section.count("processes", 1, Range.of(1, 100_000));
        List<Arrivals.Phase> phases = new ArrayList<>();
        for (Section phase : section.sections("phases")) {
            Window period = phase.period(TIME, duration);
            phases.add(new Arrivals.Phase(period.from(), period.to(), phase.number("factor", FACTOR)));
            phase.end();
        }
        Arrivals arrivals =
                new Arrivals(section.number("rate", 0, RATE), List.copyOf(phases), burst(section), agents(section));
        if (arrivals.rate() <= 0 && arrivals.burst() == null && arrivals.agents() == null) {
            throw new IllegalArgumentException(
                    section.path("rate") + ": missing (expected: calls a second, or a burst, or agents)");
        }
        bounded(section, arrivals, processes, duration);
        double timeout = section.seconds("timeout", 30, SPAN);
        double deadline = section.seconds("deadline", 60, SPAN);
        boolean stream = section.bool("stream", true);
        Section tokens = section.section("tokens");
        Tokens cost = new Tokens(tokens.number("mean", 1_000, MILLION), tokens.number("sigma", 0, SIGMA));
        tokens.end();
        section.end();
        return new Clients(processes, arrivals, timeout, deadline, stream, cost);
    }

    private static void bounded(Section section, Arrivals arrivals, int processes, double duration) {
        Arrivals.Burst burst = arrivals.burst();
        Arrivals.Agents agents = arrivals.agents();
        atMost(section.path("rate"), arrivals.expected(duration), MOST_CALLS, "calls in the duration");
        atMost(section.path("burst"), burst == null ? 0 : (double) burst.calls() * processes, MOST_CALLS, "calls");
        atMost(
                section.path("agents"),
                agents == null ? 0 : (double) agents.number() * processes,
                MOST_AGENTS,
                "agents");
    }

    private static void atMost(String path, double number, double most, String what) {
        if (number > most) {
            throw Section.wrong(path, Math.round(number) + " " + what, "at most " + Math.round(most));
        }
    }

    private static Arrivals.@Nullable Burst burst(Section section) {
        if (!section.has("burst")) {
            return null;
        }
        Section burst = section.section("burst");
        Arrivals.Burst result = new Arrivals.Burst(
                burst.seconds("at", 0, TIME), burst.count("calls", 1, MILLION), burst.seconds("spread", 0.2, TIME));
        burst.end();
        return result;
    }

    private static Arrivals.@Nullable Agents agents(Section section) {
        if (!section.has("agents")) {
            return null;
        }
        Section agents = section.section("agents");
        Arrivals.Agents result =
                new Arrivals.Agents(agents.count("number", 1, Range.of(1, 10_000)), agents.seconds("think", 0, TIME));
        agents.end();
        return result;
    }

    private static ProviderSpec provider(Section section) {
        int slots = section.countOrUnlimited("slots", ProviderSpec.UNLIMITED, MILLION);
        int queue = section.countOrUnlimited("queue", ProviderSpec.UNLIMITED, Range.of(0, 1_000_000));
        String abandoned = section.string("abandoned", "finish");
        if (!abandoned.equals("finish") && !abandoned.equals("stop")) {
            throw Section.wrong(section.path("abandoned"), abandoned, "finish or stop");
        }
        double latency = section.seconds("latency", 0.05, TIME);
        Section service = section.section("service");
        Service times = new Service(
                service.word("shape", Service.Shape.class, Service.Shape.LOG_NORMAL),
                service.seconds("mean", 2, SPAN),
                service.number("sigma", 0.6, SIGMA),
                service.number("firstByte", 0.2, SHARE));
        service.end();
        Limits limits = limits(section.section("limits"));
        section.end();
        return new ProviderSpec(slots, queue, abandoned.equals("stop"), latency, times, limits);
    }

    private static Limits limits(Section section) {
        Limits limits = new Limits(
                bucket(section, "requests"),
                bucket(section, "tokens"),
                retryAfter(section, RetryAfter.AUTO),
                section.bool("headers", false));
        section.end();
        return limits;
    }

    private static Limits.@Nullable Bucket bucket(Section section, String key) {
        if (!section.has(key)) {
            return null;
        }
        Section bucket = section.section(key);
        double rate = bucket.number("rate", Range.above(0, 1e9));
        double burst = bucket.number("burst", Math.max(1, rate), Range.of(1, 1e9));
        bucket.end();
        return new Limits.Bucket(rate, burst);
    }

    /** {@code none}, {@code auto} or seconds. */
    private static RetryAfter retryAfter(Section section, RetryAfter otherwise) {
        Object value = section.raw("retryAfter");
        if (value == null) {
            return otherwise;
        }
        if (value.equals("none")) {
            return RetryAfter.NONE;
        }
        if (value.equals("auto") && otherwise.kind() == RetryAfter.Kind.AUTO) {
            return RetryAfter.AUTO;
        }
        String path = section.path("retryAfter");
        try {
            return RetryAfter.constant(Section.seconds(path, value, Range.above(0, 86_400)));
        } catch (IllegalArgumentException e) {
            String auto = otherwise.kind() == RetryAfter.Kind.AUTO ? "auto, " : "";
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).replace("(expected: ", "(expected: none, " + auto), e);
        }
    }

    private List<Fault> faults(double end) {
        List<Fault> faults = new ArrayList<>();
        for (Section section : root.sections("faults")) {
            faults.add(fault(section, end));
            section.end();
        }
        if (faults.size() > 64) {
            throw Section.wrong("faults", faults.size() + " of them", "at most 64");
        }
        return List.copyOf(faults);
    }

    /** Names of faults: the kinds, and usual combinations of a kind with a share or a cycle. */
    private enum Name {
        UNAVAILABLE(Fault.Kind.UNAVAILABLE),
        HANG(Fault.Kind.HANG),
        SLOW_DOWN(Fault.Kind.SLOW_DOWN),
        RATE_LIMIT(Fault.Kind.RATE_LIMIT),
        STREAM_OVERLOAD(Fault.Kind.STREAM_OVERLOAD),
        STREAM_BREAK(Fault.Kind.STREAM_BREAK),
        PARTIAL(Fault.Kind.UNAVAILABLE),
        FLAPPING(Fault.Kind.UNAVAILABLE),
        BROWN_OUT(Fault.Kind.UNAVAILABLE);

        private final Fault.Kind kind;

        Name(Fault.Kind kind) {
            this.kind = kind;
        }
    }

    private static Fault fault(Section section, double end) {
        if (!section.has("kind")) {
            throw new IllegalArgumentException(section.path("kind") + ": missing (expected: a kind of fault)");
        }
        Name name = section.word("kind", Name.class, Name.UNAVAILABLE);
        Window period = section.period(TIME, new Window(0, end), end);
        double every = section.seconds("every", name == Name.FLAPPING ? FLAP : 0, TIME);
        double on = section.seconds("on", every / 2, TIME);
        if (on > every) {
            throw Section.wrong(section.path("on"), on, "at most every, " + every);
        }
        double share =
                section.number("share", name == Name.BROWN_OUT ? BROWN_OUT : name == Name.PARTIAL ? THIRD : 1, SHARE);
        Scope of = section.word("of", Scope.class, name == Name.PARTIAL ? Scope.CALLS : Scope.ATTEMPTS);
        double factor = section.number("factor", SLOW, Range.above(0, 1_000));
        RetryAfter retryAfter = retryAfter(section, RetryAfter.NONE);
        double after = section.seconds("after", REFUSAL, TIME);
        return new Fault(
                name.kind,
                new Fault.Period(period.from(), period.to(), every, on),
                new Fault.Scope(share, of == Scope.CALLS),
                factor,
                retryAfter,
                after);
    }

    /** What a share is of. */
    private enum Scope {
        ATTEMPTS,
        CALLS
    }

    /** When what is measured begins, if the file does not say. */
    static double warmUp(double duration) {
        return Math.min(WARM_UP, duration / 4);
    }
}
