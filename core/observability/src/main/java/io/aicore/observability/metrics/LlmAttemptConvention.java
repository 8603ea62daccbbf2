package io.aicore.observability.metrics;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of an attempt's observation. Give one to {@link LlmObservations#attemptConvention}, or register it with
 * the observation registry for all.
 */
public interface LlmAttemptConvention extends GlobalObservationConvention<LlmAttemptContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LlmAttemptContext;
    }
}
