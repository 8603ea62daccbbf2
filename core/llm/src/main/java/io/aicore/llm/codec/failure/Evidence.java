package io.aicore.llm.codec.failure;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What made a condition hold: known statuses, codes and phrases, in a few words each. Never the surrounding text: a
 * provider's message may repeat a prompt or a key.
 *
 * @param parts in the order of the checks
 */
record Evidence(Set<String> parts) {

    /** The condition holds because something is absent. */
    static final Evidence SILENT = new Evidence(Set.of());

    static Evidence of(String part) {
        return new Evidence(Set.of(part));
    }

    /** A phrase of a message. */
    static Evidence words(String quoted) {
        return of("the words \"" + quoted + '"');
    }

    Evidence and(Evidence other) {
        if (parts.isEmpty() || other.parts.isEmpty()) {
            return parts.isEmpty() ? other : this;
        }
        Set<String> all = new LinkedHashSet<>(parts);
        all.addAll(other.parts);
        return new Evidence(all);
    }

    @Override
    public String toString() {
        return String.join(", ", parts);
    }
}
