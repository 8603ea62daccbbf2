package io.aicore.llm.codec.failure;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What in a failure made a condition hold: statuses, codes and words that this package knows, each in a few words. Never
 * what stands around them: a provider's message may repeat a prompt or a key.
 *
 * @param parts in the order in which they were looked at
 */
record Evidence(Set<String> parts) {

    /** It holds by what is not there, which needs no quotation. */
    static final Evidence SILENT = new Evidence(Set.of());

    static Evidence of(String part) {
        return new Evidence(Set.of(part));
    }

    /** Words of a message. */
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
