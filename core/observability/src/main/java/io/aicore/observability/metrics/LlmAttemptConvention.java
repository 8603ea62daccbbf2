package io.aicore.observability.metrics;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of an attempt's observation. Set it with {@link LlmObservations#attemptConvention}, or register it
 * with the observation registry.
 */
public interface LlmAttemptConvention extends GlobalObservationConvention<LlmAttemptContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LlmAttemptContext;
    }
}
