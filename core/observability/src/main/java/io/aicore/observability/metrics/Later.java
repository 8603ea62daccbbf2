package io.aicore.observability.metrics;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made at its first use, at times twice by two threads. */
final class Later<T> implements Supplier<T> {

    private final Supplier<T> made;
    private volatile @Nullable T known;

    Later(Supplier<T> made) {
        this.made = made;
    }

    @Override
    public T get() {
        T value = known;
        if (value == null) {
            value = made.get();
            known = value;
        }
        return value;
    }
}
