package io.aicore.llm;

import io.aicore.llm.http.Timeouts;
import java.util.function.Consumer;

/**
 * The limits and callbacks of an attempt.
 *
 * @param resumeState the state that earlier attempts left, and that this one leaves for the next
 * @param responses receives the head of each response
 * @param resent runs when the attempt's request is sent again because its pooled connection was dead
 */
record AttemptContext(Timeouts timeouts, ResumeState resumeState, Consumer<Heard> responses, Runnable resent) {}
