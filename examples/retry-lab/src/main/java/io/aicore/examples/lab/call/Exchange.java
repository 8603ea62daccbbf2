package io.aicore.examples.lab.call;

import io.aicore.examples.lab.time.VirtualScheduler;
import io.aicore.limit.RateReport;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** One attempt between client and provider, with the client's timeout. */
public final class Exchange {

    private final Call call;
    private final int number;
    private final AttemptListener listener;
    private final Journal journal;
    private @Nullable Disposable timer;
    private @Nullable Runnable onAbandoned;
    private boolean over;

    Exchange(Call call, int number, AttemptListener listener, Journal journal) {
        this.call = call;
        this.number = number;
        this.listener = listener;
        this.journal = journal;
    }

    void begin(Provider provider, VirtualScheduler scheduler, long timeout) {
        journal.attemptBegan(scheduler.now());
        timer = scheduler.after(timeout, () -> {
            abandon();
            end(Answer.of(Answer.Kind.TIMEOUT));
        });
        provider.receive(this);
    }

    /** The call that this is an attempt of. */
    public Call call() {
        return call;
    }

    /** 1 for the first attempt of its call. */
    public int number() {
        return number;
    }

    /** Whether it ended or was abandoned. */
    public boolean isOver() {
        return over;
    }

    /** What the provider does when the client goes away. */
    public void onAbandoned(Runnable action) {
        onAbandoned = action;
    }

    /** The provider sends its first byte. */
    public void firstByte(RateReport report) {
        if (!over) {
            listener.firstByte(report);
        }
    }

    /** The provider's last word, or the client's timeout. */
    public void end(Answer answer) {
        if (over) {
            return;
        }
        over = true;
        stopTimer();
        journal.attemptEnded(answer.kind());
        listener.ended(answer);
    }

    /** The client goes away; the listener hears nothing more. */
    public void cancel() {
        if (over) {
            return;
        }
        over = true;
        stopTimer();
        journal.attemptCancelled();
        abandon();
    }

    private void abandon() {
        Runnable action = onAbandoned;
        if (action != null) {
            onAbandoned = null;
            action.run();
        }
    }

    private void stopTimer() {
        Disposable running = timer;
        if (running != null) {
            running.dispose();
        }
    }
}
