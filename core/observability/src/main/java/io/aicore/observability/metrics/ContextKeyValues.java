package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The key-values of a context. They are mostly added whole and read as they are, for which Micrometer's own context fills
 * and copies maps.
 */
final class ContextKeyValues<C> {

    private final C context;
    private KeyValues low = KeyValues.empty();
    private KeyValues high = KeyValues.empty();
    private @Nullable Function<? super C, KeyValues> unread;

    ContextKeyValues(C context) {
        this.context = context;
    }

    /** Those of low cardinality. */
    synchronized KeyValues low() {
        return low;
    }

    /** Later values replace earlier ones of the same key. */
    synchronized void addLow(KeyValues more) {
        low = and(low, more);
    }

    synchronized void removeLow(String key) {
        low = without(low, key);
    }

    /** Those of high cardinality. */
    synchronized KeyValues high() {
        Function<? super C, KeyValues> later = unread;
        if (later != null) {
            unread = null;
            high = and(high, later.apply(context));
        }
        return high;
    }

    synchronized void addHigh(KeyValues more) {
        if (!isEmpty(more)) {
            high = and(high(), more);
        }
    }

    /** Adds key-values that are made when a handler reads them: those of meters read none. */
    synchronized void addHighLater(Function<? super C, KeyValues> later) {
        unread = later;
    }

    synchronized void removeHigh(String key) {
        high = without(high(), key);
    }

    static @Nullable KeyValue find(KeyValues values, String key) {
        for (KeyValue each : values) {
            if (each.getKey().equals(key)) {
                return each;
            }
        }
        return null;
    }

    static boolean isEmpty(KeyValues values) {
        return values.equals(KeyValues.empty());
    }

    private static KeyValues and(KeyValues some, KeyValues more) {
        if (isEmpty(more)) {
            return some;
        }
        return isEmpty(some) || more.equals(some) ? more : some.and(more);
    }

    private static KeyValues without(KeyValues some, String key) {
        return KeyValues.of(
                some.stream().filter(each -> !each.getKey().equals(key)).toList());
    }
}
