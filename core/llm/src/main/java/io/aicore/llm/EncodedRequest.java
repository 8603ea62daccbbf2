package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that is encoded on first use: to be authorized, or to be sent. */
final class EncodedRequest implements Supplier<WireRequest> {

    private final Supplier<WireRequest> encode;
    private @Nullable WireRequest known;

    EncodedRequest(Supplier<WireRequest> encode) {
        this.encode = encode;
    }

    @Override
    public WireRequest get() {
        WireRequest wire = known;
        if (wire == null) {
            wire = linked(encode);
            known = wire;
        }
        return wire;
    }

    /** The request, which is kept no longer: it is sent. */
    WireRequest take() {
        WireRequest wire = get();
        known = null;
        return wire;
    }

    /**
     * What a codec throws that is no exception would leave a call without an end: incompatible library versions cause a
     * LinkageError, which Reactor takes for fatal, and an assertion passes every handler of exceptions. As an exception it
     * ends the call. What ends the JVM passes.
     */
    static <T> T linked(Supplier<T> work) {
        try {
            return work.get();
        } catch (LinkageError e) {
            throw new IllegalStateException("incompatible library versions on the class path", e);
        } catch (StackOverflowError e) {
            throw new IllegalStateException("what was to be written or read is nested too deeply", e);
        } catch (Error e) {
            Guard.throwIfJvmEnds(e);
            throw new IllegalStateException(
                    "what was to be written or read caused " + e.getClass().getName(), e);
        }
    }
}
