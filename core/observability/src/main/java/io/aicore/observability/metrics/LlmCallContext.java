package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.Identity;
import io.aicore.retry.GiveUpReason;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What a convention or a handler knows of a call. It holds the caller's words and the answer, for conventions that want
 * them; the default one tells none of them. A client's span; no header is sent to the provider.
 */
public final class LlmCallContext extends SenderContext<Object> {

    // Some propagators refuse a carrier that is null.
    private static final Object NOWHERE = new Object();

    private final CallStart start;
    private final String model;
    private final String modelTag;
    private final Identity identity;
    private volatile @Nullable String callId;
    private volatile int attempts;
    private volatile @Nullable GiveUpReason reason;
    private volatile @Nullable CallEnd end;

    LlmCallContext(CallStart start, String model, String modelTag, Identity identity) {
        super((carrier, key, value) -> {}, Kind.CLIENT);
        setCarrier(NOWHERE);
        setRemoteServiceName(ProviderNames.of(start.provider()));
        this.start = start;
        this.model = model;
        this.modelTag = modelTag;
        this.identity = identity;
    }

    /** What is known from the beginning. */
    public CallStart start() {
        return start;
    }

    /** The model asked for, as it was named. */
    public String model() {
        return model;
    }

    /** The model asked for, as metrics may name it: {@code _OTHER} after 100 different ones. */
    public String modelTag() {
        return modelTag;
    }

    /** Who asked, by the request's metadata and the Reactor Context, as in records. */
    public Identity identity() {
        return identity;
    }

    /** The call's id in logs and records; null before its first attempt. */
    public @Nullable String callId() {
        return callId;
    }

    /** How many attempts were made so far. */
    public int attempts() {
        return attempts;
    }

    /** Why there is no further attempt; null unless it gave up. */
    public @Nullable GiveUpReason reason() {
        return reason;
    }

    /** How it ended; null while it runs. */
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
}
