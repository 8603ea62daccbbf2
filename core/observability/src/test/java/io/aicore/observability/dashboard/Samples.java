package io.aicore.observability.dashboard;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.observability.CircuitChange;
import io.aicore.observability.FailureInfo;
import io.aicore.observability.Identity;
import io.aicore.observability.LlmAttempt;
import io.aicore.observability.LlmOperation;
import io.aicore.observability.StoredContent;
import io.aicore.observability.TraceIds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Calls as a program makes them within a time: most fine, some retried, and a provider that is sick for a while. */
final class Samples {

    private static final String[][] MODELS = {
        {"openai", "gpt-5.2-mini"},
        {"openai", "gpt-5.2"},
        {"anthropic", "claude-sonnet-4-5"},
        {"gemini", "gemini-3-flash"},
        {"mistral", "mistral-large-latest"}
    };
    private static final double[] COST = {0.25, 1.75, 3.0, 0.3, 2.0};

    private final Random random = new Random(7);
    private final Instant end;
    private final Duration span;

    Samples(Instant end, Duration span) {
        this.end = end;
        this.span = span;
    }

    List<LlmOperation> calls(int count) {
        List<LlmOperation> calls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double place = (i + random.nextDouble()) / count;
            // A daily wave: more calls in the middle.
            double at = place + 0.06 * Math.sin(place * 2 * Math.PI);
            calls.add(call("5a17c0de-" + i, at));
        }
        return calls;
    }

    /** The circuit of the sick provider. */
    List<CircuitChange> circuits() {
        String scope = "openai api.openai.com:443 gpt-5.2";
        return List.of(
                new CircuitChange("5a17c0de", scope, at(0.02), CircuitState.CLOSED),
                new CircuitChange("5a17c0de", scope, at(0.58), CircuitState.OPEN),
                new CircuitChange("5a17c0de", scope, at(0.60), CircuitState.HALF_OPEN),
                new CircuitChange("5a17c0de", scope, at(0.605), CircuitState.OPEN),
                new CircuitChange("5a17c0de", scope, at(0.66), CircuitState.HALF_OPEN),
                new CircuitChange("5a17c0de", scope, at(0.67), CircuitState.CLOSED),
                new CircuitChange(
                        "5a17c0de", "anthropic api.anthropic.com:443 claude-sonnet-4-5", at(0.03), CircuitState.CLOSED),
                new CircuitChange(
                        "5a17c0de",
                        "gemini generativelanguage.googleapis.com:443 gemini-3-flash",
                        at(0.04),
                        CircuitState.CLOSED));
    }

    private Instant at(double place) {
        return end.minus(span).plusNanos((long) (place * span.toNanos()) / 1_000 * 1_000);
    }

    private LlmOperation call(String id, double at) {
        int which = random.nextInt(10);
        int model = which < 3 ? 0 : which < 5 ? 1 : which < 8 ? 2 : which < 9 ? 3 : 4;
        boolean sick = MODELS[model][0].equals("openai") && at > 0.52 && at < 0.68;
        int failures = 0;
        while (failures < 4 && random.nextDouble() < (sick ? 0.6 : 0.06)) {
            failures++;
        }
        boolean answered = failures < 4;
        List<LlmAttempt> attempts = new ArrayList<>();
        Instant start = at(at);
        Instant next = start;
        Duration waited = Duration.ZERO;
        String category = null;
        for (int number = 1; number <= failures + (answered ? 1 : 0); number++) {
            boolean fails = number <= failures;
            Duration took = Duration.ofMillis(
                    fails ? 60 + random.nextInt(400) : 400 + (long) (900 * Math.exp(random.nextGaussian() * 0.6)));
            category = fails ? cause(sick) : null;
            Duration retryAfter = "rate_limited".equals(category) ? Duration.ofSeconds(1) : null;
            Duration delay = !fails || number == 4
                    ? null
                    : retryAfter != null
                            ? retryAfter.plusMillis(random.nextInt(200))
                            : Duration.ofMillis((500L << number) + random.nextInt(300));
            attempts.add(new LlmAttempt(
                    number,
                    next,
                    took,
                    new LlmAttempt.Response(
                            status(category), fails ? "req_" + Integer.toHexString(random.nextInt()) : null),
                    new LlmAttempt.Failure(fails ? "first-byte" : null, category, retryAfter),
                    new LlmAttempt.Decision(delay, fails ? why(category) : "")));
            next = next.plus(took).plus(delay == null ? Duration.ZERO : delay);
            waited = waited.plus(delay == null ? Duration.ZERO : delay);
        }
        Usage usage = answered ? new Usage(200 + random.nextInt(1_800), 50 + random.nextInt(700), 120, 0, 0) : null;
        int session = random.nextInt(24);
        Identity identity = new Identity(
                "session-" + session, session % 2 == 0 ? "support" : "sales", session % 3 == 0 ? "triage" : "writer");
        return new LlmOperation(
                ids(id),
                new LlmOperation.Request(
                        random.nextInt(3) == 0 ? "stream" : "complete",
                        MODELS[model][0],
                        MODELS[model][1],
                        "api." + MODELS[model][0] + ".com:443",
                        identity,
                        Map.of("ticket", "T-" + (1000 + random.nextInt(400)), "team", "billing")),
                new LlmOperation.Timing(start, Duration.between(start, next), null),
                new LlmOperation.Result(
                        answered ? CallOutcome.SUCCESS : CallOutcome.ERROR,
                        answered
                                ? FailureInfo.NONE
                                : new FailureInfo(
                                        category,
                                        code(category),
                                        "retries_exhausted",
                                        why(category) + "; all 3 retries were made"),
                        MODELS[model][0],
                        usage,
                        usage == null
                                ? null
                                : BigDecimal.valueOf(
                                                (usage.inputTokens() + 4.0 * usage.outputTokens()) * COST[model] / 1e6)
                                        .setScale(12, RoundingMode.HALF_UP)),
                new LlmOperation.Execution(
                        Math.max(0, attempts.size() - 1),
                        waited,
                        0,
                        sick && at > 0.58 ? "half_open" : "closed",
                        attempts),
                StoredContent.NONE);
    }

    private static LlmOperation.Ids ids(String id) {
        int number = id.hashCode();
        return new LlmOperation.Ids(
                id, "%016x".formatted(number), new TraceIds("%032x".formatted(number), "%016x".formatted(~number)));
    }

    private String cause(boolean sick) {
        int which = random.nextInt(10);
        return sick
                ? which < 6 ? "overloaded" : which < 9 ? "rate_limited" : "server_error"
                : which < 5 ? "rate_limited" : which < 7 ? "timeout" : which < 9 ? "connection" : "server_error";
    }

    private static Integer status(String category) {
        return category == null
                ? null
                : switch (category) {
                    case "rate_limited" -> Integer.valueOf(429);
                    case "overloaded" -> Integer.valueOf(503);
                    case "server_error" -> Integer.valueOf(500);
                    default -> null;
                };
    }

    private static String code(String category) {
        return "rate_limited".equals(category)
                ? "rate_limit_exceeded"
                : "overloaded".equals(category) ? "server_overloaded" : null;
    }

    private static String why(String category) {
        return switch (category) {
            case "rate_limited" -> "429 with code rate_limit_exceeded: waits as long as the server asked for";
            case "overloaded" -> "503 with code server_overloaded: no capacity at the moment, waits longer each time";
            case "server_error" -> "500 without a code: the provider failed";
            case "timeout" -> "no first byte within 10 s";
            default -> "the connection was reset before the answer";
        };
    }
}
