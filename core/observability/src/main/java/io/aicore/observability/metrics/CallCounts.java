package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallEnd;
import java.time.Duration;

/** The meters of one call. */
interface CallCounts {

    CallCounts NONE = new CallCounts() {
        @Override
        public void retried(String cause) {}

        @Override
        public void chunk(Duration gap) {}

        @Override
        public void ended(CallEnd end) {}
    };

    void retried(String cause);

    void chunk(Duration gap);

    void ended(CallEnd end);
}
