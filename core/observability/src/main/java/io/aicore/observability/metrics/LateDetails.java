package io.aicore.observability.metrics;

import io.micrometer.common.KeyValues;
import java.util.function.Function;

/** The standard conventions for an observation: what only a span has is made when a handler reads it. */
final class LateDetails {

    static final LlmAttemptConvention OF_ATTEMPT = new OfAttempt();

    private LateDetails() {}

    static LlmCallConvention ofCall(GenAiConventions names) {
        return new OfCall(names);
    }

    private static final class OfCall extends DefaultLlmCallConvention {

        private final Function<LlmCallContext, KeyValues> late = this::details;

        OfCall(GenAiConventions names) {
            super(names);
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(LlmCallContext call) {
            call.detailsLater(late);
            return KeyValues.empty();
        }
    }

    private static final class OfAttempt extends DefaultLlmAttemptConvention {

        private final Function<LlmAttemptContext, KeyValues> late = this::details;

        @Override
        public KeyValues getHighCardinalityKeyValues(LlmAttemptContext attempt) {
            attempt.detailsLater(late);
            return KeyValues.empty();
        }
    }
}
