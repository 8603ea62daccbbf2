package io.aicore.observability.log;

import io.aicore.internal.Seconds;
import io.aicore.limit.AdmissionEvent.WaitBegan;
import io.aicore.limit.CallNotPermittedException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryEvent.Admission;
import io.aicore.retry.RetryEvent.AttemptFailed;
import io.aicore.retry.RetryEvent.AttemptStarted;
import io.aicore.retry.RetryEvent.GaveUp;
import io.aicore.retry.RetryEvent.RetryScheduled;
import io.aicore.retry.RetryHistory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the lines of one call. */
final class LoggedCall implements CallObservation {

    private static final int LONGEST_NAME = 200;

    /** How often each kind of line may be written. */
    record Limits(LineLimit retries, LineLimit failures, LineLimit resends, LineLimit waits) {}

    private final Logger log;
    private final CallStart start;
    private final String model;
    private final Limits limits;
    private volatile @Nullable AttemptStarted current;
    private volatile @Nullable AttemptFailed last;

    LoggedCall(Logger log, CallStart start, Limits limits) {
        this.log = log;
        this.start = start;
        this.model = oneLine(String.valueOf(start.request().model()));
        this.limits = limits;
    }

    @Override
    public void onEvent(RetryEvent event) {
        if (event instanceof AttemptStarted started) {
            current = started;
        } else if (event instanceof AttemptFailed failed) {
            last = failed;
        } else if (event instanceof RetryScheduled retry) {
            AttemptFailed failed = last;
            if (failed != null) {
                retry(retry, failed);
            }
        } else if (event instanceof Admission admission && admission.event() instanceof WaitBegan wait) {
            waits(admission, wait);
        } else if (event instanceof GaveUp gaveUp) {
            gaveUp(gaveUp);
        }
    }

    private void waits(Admission admission, WaitBegan wait) {
        long leftOut = log.isInfoEnabled() ? limits.waits().leave(admission.scope()) : LineLimit.LEFT_OUT;
        if (leftOut == LineLimit.LEFT_OUT) {
            return;
        }
        LoggingEventBuilder line = pairs(log.atInfo(), admission, leftOut)
                .addKeyValue("reason", wait.reason().word());
        if (!wait.expected().isZero()) {
            line = line.addKeyValue("delayMs", wait.expected().toMillis());
        }
        line.log(
                subject() + ": attempt " + admission.number() + ofHowMany() + " " + admission.why() + leftOut(leftOut));
    }

    @Override
    public void onResend() {
        AttemptStarted resent = current;
        long leftOut =
                resent != null && log.isInfoEnabled() ? limits.resends().leave(resent.scope()) : LineLimit.LEFT_OUT;
        if (resent == null || leftOut == LineLimit.LEFT_OUT) {
            return;
        }
        pairs(log.atInfo(), resent, leftOut)
                .log(subject() + ": attempt " + resent.number() + ofHowMany()
                        + " sent again on a new connection: the kept one was closed before an answer"
                        + leftOut(leftOut));
    }

    @Override
    public void ended(CallEnd end) {}

    private void retry(RetryScheduled retry, AttemptFailed failed) {
        long leftOut = log.isWarnEnabled() ? limits.retries().leave(retry.scope()) : LineLimit.LEFT_OUT;
        if (leftOut == LineLimit.LEFT_OUT) {
            return;
        }
        LoggingEventBuilder line = failure(pairs(log.atWarn(), retry, leftOut), failed.error())
                .addKeyValue("delayMs", retry.delay().toMillis());
        line.log(subject() + ": attempt " + retry.number() + ofHowMany() + " failed: " + cause(failed.error())
                + "; next in " + Seconds.text(retry.delay()) + ": " + retry.why() + leftOut(leftOut));
    }

    private void gaveUp(GaveUp gaveUp) {
        long leftOut = log.isErrorEnabled() ? limits.failures().leave(gaveUp.scope()) : LineLimit.LEFT_OUT;
        if (leftOut == LineLimit.LEFT_OUT) {
            return;
        }
        RetryHistory history = gaveUp.history();
        String reason = gaveUp.reason().word();
        String attempts = history.attempts() == 1 ? "1 attempt" : history.attempts() + " attempts";
        LoggingEventBuilder line =
                failure(pairs(log.atError(), gaveUp, leftOut), gaveUp.error()).addKeyValue("reason", reason);
        line.log(subject() + ": gave up after " + attempts + " in " + Seconds.text(history.elapsed()) + ", "
                + Seconds.text(history.waited()) + " of them waiting: " + cause(gaveUp.error()) + ", " + reason
                + leftOut(leftOut));
    }

    private LoggingEventBuilder pairs(LoggingEventBuilder line, RetryEvent event, long leftOut) {
        line = line.addKeyValue("callId", event.callId())
                .addKeyValue("provider", start.provider())
                .addKeyValue("model", model)
                .addKeyValue("attempt", event.number());
        Integer most = maxAttempts();
        if (most != null) {
            line = line.addKeyValue("maxAttempts", most);
        }
        return leftOut == 0 ? line : line.addKeyValue("suppressed", leftOut);
    }

    private static LoggingEventBuilder failure(LoggingEventBuilder line, Throwable error) {
        line = line.addKeyValue("category", category(error));
        if (error instanceof LlmException failure && failure.status() != null) {
            line = line.addKeyValue("status", failure.status());
        }
        if (error instanceof LlmException failure && failure.requestId() != null) {
            line = line.addKeyValue("requestId", oneLine(failure.requestId()));
        }
        return line;
    }

    private String subject() {
        return start.provider() + " " + model;
    }

    private @Nullable Integer maxAttempts() {
        return start.retrySettings() == null ? null : start.retrySettings().maxRetries() + 1;
    }

    private String ofHowMany() {
        Integer most = maxAttempts();
        return most == null ? "" : " of " + most;
    }

    private static String cause(Throwable error) {
        return error instanceof LlmException failure && failure.status() != null
                ? category(error) + " (" + failure.status() + ")"
                : category(error);
    }

    /** The class of an exception without a category: its message may quote a request. */
    private static String category(Throwable error) {
        if (error instanceof LlmException failure) {
            return failure.category().word();
        }
        return error instanceof CallNotPermittedException
                ? ErrorCategory.CIRCUIT_OPEN.word()
                : error.getClass().getName();
    }

    private static String leftOut(long lines) {
        return lines == 0 ? "" : " (" + lines + " more like this since the last line)";
    }

    /** Removes line breaks, so that an external name cannot forge a log line. */
    private static String oneLine(String name) {
        String bare = name.replaceAll("\\p{Cntrl}", "?");
        return bare.length() <= LONGEST_NAME ? bare : bare.substring(0, LONGEST_NAME) + "…";
    }
}
