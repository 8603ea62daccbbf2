package io.aicore.llm;

import io.aicore.llm.http.Timeouts;
import java.util.function.Consumer;

/**
 * What a call holds an attempt to, and what it is told by it.
 *
 * @param unfinished what the attempts before it left, and it leaves for the next
 * @param responses told of the head of each response
 * @param resent run when the attempt's request goes out once more, the kept connection it was on being dead
 */
record Terms(Timeouts timeouts, Unfinished unfinished, Consumer<Heard> responses, Runnable resent) {

    /** Of an attempt outside of any call. */
    static Terms alone() {
        return new Terms(Timeouts.defaults(), new Unfinished(), head -> {}, () -> {});
    }
}
