package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The key-values of a context. They are mostly added whole and read as they are, for which Micrometer's own context fills
 * and copies a map.
 */
final class KeyValueSet {

    private KeyValues all = KeyValues.empty();

    /** Later values replace earlier ones of the same key. */
    synchronized void add(KeyValues more) {
        if (!more.equals(all)) {
            all = isEmpty(all) ? more : all.and(more);
        }
    }

    synchronized void add(KeyValue one) {
        all = all.and(one);
    }

    synchronized void remove(String key) {
        all = KeyValues.of(
                all.stream().filter(each -> !each.getKey().equals(key)).toList());
    }

    synchronized KeyValues all() {
        return all;
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
