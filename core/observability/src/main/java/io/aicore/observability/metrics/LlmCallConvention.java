package io.aicore.observability.metrics;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of a call's observation and of the meters made of it. Give one to {@link
 * LlmObservations#callConvention}, or register it with the observation registry for all.
 */
public interface LlmCallConvention extends GlobalObservationConvention<LlmCallContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LlmCallContext;
    }
}
