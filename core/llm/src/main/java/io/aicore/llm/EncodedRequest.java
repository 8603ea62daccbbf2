package io.aicore.llm;

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

    /**
     * Incompatible library versions, of Jackson for example, cause a LinkageError. Reactor treats it, and a
     * StackOverflowError, as fatal and does not deliver it: as an exception it ends the call.
     */
    static <T> T linked(Supplier<T> work) {
        try {
            return work.get();
        } catch (LinkageError e) {
            throw new IllegalStateException("incompatible library versions on the class path", e);
        } catch (StackOverflowError e) {
            throw new IllegalStateException("what was to be written or read is nested too deeply", e);
        }
    }
}
