package io.aicore.observability;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallOutcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls to store. */
final class Calls {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

    private Calls() {}

    /** A call that took this many retries and succeeded. */
    static LlmOperation call(String id, String provider, int retries) {
        return call(
                id,
                provider,
                retries,
                CallOutcome.SUCCESS,
                FailureInfo.NONE,
                NOON,
                Duration.ofMillis(100L * (retries + 1)));
    }

    /** A call that gave up after this many retries. */
    static LlmOperation failed(String id, String provider, int retries, @Nullable String category) {
        FailureInfo failure = new FailureInfo(category, "code-" + category, "retries_exhausted", "3 retries made");
        return call(id, provider, retries, CallOutcome.ERROR, failure, NOON, Duration.ofSeconds(9));
    }

    static LlmOperation at(String id, Instant start) {
        return call(id, "openai", 0, CallOutcome.SUCCESS, FailureInfo.NONE, start, Duration.ofMillis(100));
    }

    /** A call of which the content are stored. */
    static LlmOperation saying(String id, String prompt, String answer) {
        return call(
                id,
                "openai",
                0,
                CallOutcome.SUCCESS,
                FailureInfo.NONE,
                NOON,
                Duration.ofMillis(100),
                new StoredContent(prompt, answer));
    }

    /** The same call of another kind, with this usage and without a price. */
    static LlmOperation unpriced(LlmOperation call, String operation, Usage usage) {
        LlmOperation.Request request = new LlmOperation.Request(
                operation, call.provider(), call.model(), call.host(), call.identity(), call.extras());
        LlmOperation.Result result =
                new LlmOperation.Result(call.outcome(), call.failure(), call.servedBy(), usage, null);
        return new LlmOperation(call.ids(), request, call.timing(), result, call.execution(), call.content());
    }

    /** The same call on behalf of these. */
    static LlmOperation on(LlmOperation call, @Nullable String workspace, @Nullable String agent) {
        Identity identity = new Identity(call.identity().session(), workspace, agent);
        LlmOperation.Request request = new LlmOperation.Request(
                call.operation(), call.provider(), call.model(), call.host(), identity, call.extras());
        return new LlmOperation(call.ids(), request, call.timing(), call.result(), call.execution(), call.content());
    }

    private static LlmOperation call(
            String id,
            String provider,
            int retries,
            CallOutcome outcome,
            FailureInfo failure,
            Instant start,
            Duration latency) {
        return call(id, provider, retries, outcome, failure, start, latency, StoredContent.NONE);
    }

    private static LlmOperation call(
            String id,
            String provider,
            int retries,
            CallOutcome outcome,
            FailureInfo failure,
            Instant start,
            Duration latency,
            StoredContent content) {
        boolean succeeded = outcome == CallOutcome.SUCCESS;
        return new LlmOperation(
                new LlmOperation.Ids(id, null, TraceIds.NONE),
                new LlmOperation.Request(
                        "complete",
                        provider,
                        provider + "-model",
                        "api." + provider + ".example:443",
                        new Identity("session-" + provider, "workspace", null),
                        Map.of("ticket", "T-100%_" + id, "team", "Örtliche \"Gruppe\"")),
                new LlmOperation.Timing(start, latency, null),
                new LlmOperation.Result(
                        outcome,
                        failure,
                        provider,
                        succeeded ? new Usage(100, 20, 10, 0, 5) : null,
                        succeeded ? new BigDecimal("0.000123456789") : null),
                new LlmOperation.Execution(
                        retries, Duration.ofSeconds(retries), null, "closed", attempts(retries, outcome, start)),
                content);
    }

    private static List<LlmAttempt> attempts(int retries, CallOutcome outcome, Instant start) {
        return IntStream.rangeClosed(1, retries + 1)
                .mapToObj(number -> number <= retries || outcome != CallOutcome.SUCCESS
                        ? new LlmAttempt(
                                number,
                                start.plusSeconds(number),
                                Duration.ofMillis(50),
                                new LlmAttempt.Response(429, "req-" + number),
                                new LlmAttempt.Failure("first-byte", "rate_limited", Duration.ofSeconds(1)),
                                new LlmAttempt.Decision(
                                        number <= retries ? Duration.ofMillis(1050) : null, "the server asked for 1 s"))
                        : new LlmAttempt(
                                number,
                                start.plusSeconds(number),
                                Duration.ofMillis(80),
                                new LlmAttempt.Response(200, "req-" + number),
                                LlmAttempt.Failure.NONE,
                                LlmAttempt.Decision.NONE))
                .toList();
    }
}
