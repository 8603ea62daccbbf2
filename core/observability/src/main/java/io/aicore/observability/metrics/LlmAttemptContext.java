package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The context of an attempt for conventions and handlers. */
public final class LlmAttemptContext extends Observation.Context {

    private final LlmCallContext call;
    private final Attempt attempt;
    private final ContextKeyValues<LlmAttemptContext> keyValues = new ContextKeyValues<>(this);
    private volatile @Nullable CallOutcome outcome;
    private volatile @Nullable Failure failure;
    private volatile @Nullable ResponseHead response;
    private volatile @Nullable String errorType;

    LlmAttemptContext(LlmCallContext call, Attempt attempt) {
        this.call = call;
        this.attempt = attempt;
    }

    /** The context of its call. */
    public LlmCallContext call() {
        return call;
    }

    /** The attempt. */
    public Attempt attempt() {
        return attempt;
    }

    /** The outcome; null while it runs. */
    public @Nullable CallOutcome outcome() {
        return outcome;
    }

    /** The classified failure; null without one, or if the deadline ended the attempt. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** The head of the response to a successful attempt; null without one. */
    public @Nullable ResponseHead response() {
        return response;
    }

    /** Category of the failure, or the exception's class; null without one. */
    public @Nullable String errorType() {
        return errorType;
    }

    void response(@Nullable ResponseHead response) {
        this.response = response;
    }

    void ended(CallOutcome outcome, @Nullable Failure failure, @Nullable Throwable error) {
        this.failure = failure;
        this.errorType = error == null ? null : ErrorTypes.of(error);
        this.outcome = outcome;
    }

    @Override
    public Observation.Context addLowCardinalityKeyValue(KeyValue one) {
        keyValues.addLow(KeyValues.of(one));
        return this;
    }

    @Override
    public Observation.Context addLowCardinalityKeyValues(KeyValues more) {
        keyValues.addLow(more);
        return this;
    }

    @Override
    public Observation.Context removeLowCardinalityKeyValue(String key) {
        keyValues.removeLow(key);
        return this;
    }

    @Override
    public KeyValues getLowCardinalityKeyValues() {
        return keyValues.low();
    }

    @Override
    public @Nullable KeyValue getLowCardinalityKeyValue(String key) {
        return ContextKeyValues.find(keyValues.low(), key);
    }

    @Override
    public Observation.Context addHighCardinalityKeyValue(KeyValue one) {
        keyValues.addHigh(KeyValues.of(one));
        return this;
    }

    @Override
    public Observation.Context addHighCardinalityKeyValues(KeyValues more) {
        keyValues.addHigh(more);
        return this;
    }

    @Override
    public Observation.Context removeHighCardinalityKeyValue(String key) {
        keyValues.removeHigh(key);
        return this;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues() {
        return keyValues.high();
    }

    @Override
    public @Nullable KeyValue getHighCardinalityKeyValue(String key) {
        return ContextKeyValues.find(keyValues.high(), key);
    }

    /** Adds details that are made when a handler reads them. */
    void detailsLater(Function<? super LlmAttemptContext, KeyValues> details) {
        keyValues.addHighLater(details);
    }
}
