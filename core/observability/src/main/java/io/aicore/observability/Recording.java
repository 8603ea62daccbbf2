package io.aicore.observability;

import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.GiveUpReason;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * A running call: its events become attempts, its end the record. Events are sequential; an end that races with one (a
 * cancel, a deadline) reads the state of that moment.
 */
final class Recording implements CallObservation {

    /** The data known at the start of a call. */
    record Begun(
            CallStart call,
            Identity identity,
            String circuit,
            Instant at,
            @Nullable String prompt,
            TraceSource traces) {}

    private final Begun begun;
    private final AttemptCollector attempts;
    private final RecordIds ids;
    private final ContentCapture contents;
    private final Consumer<LlmOperation> done;
    private volatile @Nullable String callId;
    private volatile TraceIds trace = TraceIds.NONE;
    private volatile boolean nested;
    private volatile @Nullable RetryHistory history;

    Recording(
            Begun begun,
            AttemptCollector attempts,
            RecordIds ids,
            ContentCapture contents,
            Consumer<LlmOperation> done) {
        this.begun = begun;
        this.attempts = attempts;
        this.ids = ids;
        this.contents = contents;
        this.done = done;
    }

    /** Now the span is there that another observer has begun for this call. */
    @Override
    public void onBegin(ContextView context) {
        trace = begun.traces().of(context);
    }

    @Override
    public void onEvent(RetryEvent event) {
        callId = event.callId();
        if (event instanceof RetryEvent.SteppedAside) {
            nested = true;
        } else if (event instanceof RetryEvent.GaveUp gaveUp) {
            history = gaveUp.history();
        }
        attempts.onEvent(event);
    }

    @Override
    public void ended(CallEnd end) {
        attempts.ended(end);
        CallStart call = begun.call();
        Duration waited = attempts.waited();
        Provenance provenance = end.provenance();
        done.accept(new LlmOperation(
                new LlmOperation.Ids(ids.of(begun.at(), callId, nested), callId, trace),
                new LlmOperation.Request(
                        call.request().kind().word(),
                        call.provider(),
                        String.valueOf(call.request().model()),
                        call.host(),
                        begun.identity(),
                        extras(call.request().metadata())),
                new LlmOperation.Timing(begun.at(), end.latency(), end.timeToFirstToken()),
                new LlmOperation.Result(
                        end.outcome(),
                        failure(end),
                        provenance == null ? null : provenance.provider(),
                        end.usage(),
                        provenance == null || provenance.cost() == null
                                ? null
                                : provenance.cost().usd()),
                new LlmOperation.Execution(
                        Math.max(0, attempts.made() - 1),
                        waited,
                        provenance == null ? null : provenance.resends(),
                        begun.circuit(),
                        attempts.all()),
                new StoredContent(begun.prompt(), contents.answer(end))));
    }

    private FailureInfo failure(CallEnd end) {
        if (end.outcome() == CallOutcome.SUCCESS) {
            return FailureInfo.NONE;
        }
        if (end.outcome() == CallOutcome.CANCELLED) {
            return new FailureInfo(null, null, GiveUpReason.CANCELLED.word(), "cancelled by the caller");
        }
        RetryHistory how = history;
        String endedBy =
                how == null || how.reason() == null ? null : how.reason().word();
        if (end.error() instanceof LlmException failure) {
            String why =
                    how == null ? failure.details().why() : failure.details().why() + "; " + how.why();
            return new FailureInfo(failure.category().word(), failure.code(), endedBy, why);
        }
        // Without its message, which may quote a request.
        String error = String.valueOf(
                end.error() == null ? null : end.error().getClass().getName());
        return new FailureInfo("client_error", null, endedBy, error);
    }

    private static Map<String, String> extras(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return metadata;
        }
        Map<String, String> extras = new HashMap<>(metadata);
        extras.remove(Identity.SESSION);
        extras.remove(Identity.WORKSPACE);
        extras.remove(Identity.AGENT);
        return extras;
    }
}
