package io.aicore.examples.quickstart;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Completion;
import io.aicore.retry.RetryEvent;

/** Who tells what happens in a call. Called from one thread, which may block, in the order in which it happened. */
interface Output {

    /** The call is about to begin. */
    void asking(String provider, String model, boolean demo);

    void attempt(int number);

    void failed(RetryEvent.AttemptFailed failure);

    /** After a wait there will be another attempt. */
    void retry(RetryEvent.RetryScheduled retry);

    /** The next attempt waits for the circuit. */
    void waitingForCircuit(RetryEvent.WaitingForCircuit wait);

    /** The attempt that has begun waits for admission, or its wait is over. */
    void waitingForAdmission(RetryEvent.Admission wait);

    /** The circuit's state when the call begins, and each change. */
    void circuit(CircuitState state);

    /** The next piece of a stream. */
    void chunk(String text);

    /** The call's last word when it succeeded. */
    void completion(Completion answer);

    /** The call's last word when it failed. */
    void error(Throwable error);

    /** The call's last word when the user left. */
    void cancelled();
}
