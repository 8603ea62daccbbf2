package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.Identity;
import io.aicore.retry.GiveUpReason;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The context of a call for conventions and handlers. Contains prompt and answer for conventions that use them; the
 * default one exports neither. A client span; no trace header is sent to the provider.
 */
public final class LlmCallContext extends SenderContext<Object> {

    // Some propagators refuse a carrier that is null.
    private static final Object NOWHERE = new Object();

    private final CallStart start;
    private final String model;
    private final CallScope scope;
    private final Identity identity;
    private final ContextKeyValues<LlmCallContext> keyValues = new ContextKeyValues<>(this);
    private volatile @Nullable String callId;
    private volatile int attempts;
    private volatile @Nullable GiveUpReason reason;
    private volatile @Nullable CallEnd end;

    LlmCallContext(CallStart start, String model, CallScope scope, Identity identity) {
        super((carrier, key, value) -> {}, Kind.CLIENT);
        setCarrier(NOWHERE);
        setRemoteServiceName(scope.provider());
        this.start = start;
        this.model = model;
        this.scope = scope;
        this.identity = identity;
    }

    /** The data known at the start of the call. */
    public CallStart start() {
        return start;
    }

    /** The requested model. */
    public String model() {
        return model;
    }

    /** The requested model as a metrics tag: {@code _OTHER} after 100 different ones. */
    public String modelTag() {
        return scope.modelTag();
    }

    /** What it has in common with other calls. */
    CallScope scope() {
        return scope;
    }

    /** The identity of the caller, from the request's metadata and the Reactor Context, as in records. */
    public Identity identity() {
        return identity;
    }

    /** Id of the call in logs and records; null before its first attempt. */
    public @Nullable String callId() {
        return callId;
    }

    /** Number of attempts made so far. */
    public int attempts() {
        return attempts;
    }

    /** Why no further attempt is made; null unless the call gave up. */
    public @Nullable GiveUpReason reason() {
        return reason;
    }

    /** The end of the call; null while it runs. */
    public @Nullable CallEnd end() {
        return end;
    }

    void callId(String callId) {
        this.callId = callId;
    }

    void attempts(int attempts) {
        this.attempts = attempts;
    }

    void reason(GiveUpReason reason) {
        this.reason = reason;
    }

    void end(CallEnd end) {
        this.end = end;
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
    void detailsLater(Function<? super LlmCallContext, KeyValues> details) {
        keyValues.addHighLater(details);
    }
}
