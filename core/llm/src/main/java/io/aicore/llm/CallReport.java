package io.aicore.llm;

import io.aicore.limit.Admission;
import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.RetryBudget;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.llm.observe.CallStart;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.RetrySettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What observers get of a call. */
final class CallReport {

    private CallReport() {}

    record Start(
            String provider,
            @Nullable String host,
            CallRequest request,
            CircuitBreaker circuit,
            @Nullable Admission admission,
            @Nullable RetryBudget retryBudget,
            @Nullable RetrySettings retrySettings)
            implements CallStart {}

    record End(
            CallOutcome outcome,
            Duration latency,
            @Nullable Duration timeToFirstToken,
            @Nullable Completion answer,
            @Nullable Usage usage,
            @Nullable Provenance provenance,
            @Nullable ResponseHead response,
            @Nullable Throwable error)
            implements CallEnd {

        /** Of a call whose retry could not be made. */
        static End notBegun(Throwable error) {
            return new End(CallOutcome.ERROR, Duration.ZERO, null, null, null, null, null, error);
        }

        /** Omits the text of answer and error. */
        @Override
        public String toString() {
            return "CallEnd[" + outcome + " after " + latency + ", " + usage + ", error="
                    + (error == null ? null : error.getClass().getName()) + "]";
        }
    }
}
