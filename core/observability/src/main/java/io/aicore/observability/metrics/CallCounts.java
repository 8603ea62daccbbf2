package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallEnd;

/** What meters are told of one call. */
interface CallCounts {

    CallCounts NONE = new CallCounts() {
        @Override
        public void retried(String cause) {}

        @Override
        public void ended(CallEnd end) {}
    };

    void retried(String cause);

    void ended(CallEnd end);
}
