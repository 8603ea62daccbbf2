package io.aicore.internal;

import org.jspecify.annotations.Nullable;

/** A Context that makes some of its values at their first use. */
public interface LazyContext {

    /** The value of this key, if there is one without making it. */
    @Nullable
    Object getIfMade(Object key);
}
