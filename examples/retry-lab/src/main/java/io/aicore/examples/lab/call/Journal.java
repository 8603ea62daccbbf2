package io.aicore.examples.lab.call;

/** Hears of everything that is measured. */
public interface Journal {

    /** A call began. */
    void callBegan(Call call);

    /** A call ended, once. */
    void callEnded(Call call, boolean ok);

    /** An attempt was sent. */
    void attemptBegan(long now);

    /** An attempt ended. */
    void attemptEnded(Answer.Kind kind);

    /** The client abandoned an attempt. */
    void attemptCancelled();
}
