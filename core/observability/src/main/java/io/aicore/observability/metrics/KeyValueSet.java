package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The key-values of a context. They are mostly added whole and read as they are, for which Micrometer's own context fills
 * and copies a map.
 */
final class KeyValueSet<C> {

    private final C context;
    private KeyValues known = KeyValues.empty();
    private @Nullable Function<? super C, KeyValues> unread;

    KeyValueSet(C context) {
        this.context = context;
    }

    /** Adds key-values that are made at the first use of this set: handlers of meters read none. */
    synchronized void addUnread(Function<? super C, KeyValues> later) {
        unread = later;
    }

    /** Later values replace earlier ones of the same key. */
    synchronized void add(KeyValues more) {
        if (!isEmpty(more)) {
            known = and(all(), more);
        }
    }

    synchronized void add(KeyValue one) {
        known = all().and(one);
    }

    synchronized void remove(String key) {
        known = KeyValues.of(
                all().stream().filter(each -> !each.getKey().equals(key)).toList());
    }

    synchronized KeyValues all() {
        Function<? super C, KeyValues> later = unread;
        if (later != null) {
            unread = null;
            known = and(known, later.apply(context));
        }
        return known;
    }

    private static KeyValues and(KeyValues some, KeyValues more) {
        return isEmpty(some) || more.equals(some) ? more : some.and(more);
    }

    @Nullable
    KeyValue get(String key) {
        for (KeyValue each : all()) {
            if (each.getKey().equals(key)) {
                return each;
            }
        }
        return null;
    }

    static boolean isEmpty(KeyValues values) {
        return values.equals(KeyValues.empty());
    }
}
