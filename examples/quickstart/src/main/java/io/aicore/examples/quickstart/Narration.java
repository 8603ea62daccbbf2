package io.aicore.examples.quickstart;

import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryListener;
import reactor.core.scheduler.Scheduler;

/** Passes the decisions of the retry on to the output, on the output's own thread: a listener must not block. */
final class Narration implements RetryListener {

    private final Output output;
    private final Scheduler printing;

    Narration(Output output, Scheduler printing) {
        this.output = output;
        this.printing = printing;
    }

    @Override
    public void onEvent(RetryEvent event) {
        printing.schedule(() -> tell(event));
    }

    private void tell(RetryEvent event) {
        if (event instanceof RetryEvent.AttemptStarted started) {
            output.attempt(started.number());
        } else if (event instanceof RetryEvent.AttemptFailed failed) {
            output.failed(failed);
        } else if (event instanceof RetryEvent.RetryScheduled retry) {
            output.retry(retry);
        } else if (event instanceof RetryEvent.WaitingForCircuit wait) {
            output.waitingForCircuit(wait);
        } else if (event instanceof RetryEvent.Admission wait) {
            output.waitingForAdmission(wait);
        }
    }
}
