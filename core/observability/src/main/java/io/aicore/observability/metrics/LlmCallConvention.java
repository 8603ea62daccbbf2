package io.aicore.observability.metrics;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;

/**
 * Names and tags of a call's observation and of its meters. Set it with {@link LlmObservations#callConvention}, or
 * register it with the observation registry.
 */
public interface LlmCallConvention extends GlobalObservationConvention<LlmCallContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof LlmCallContext;
    }
}
