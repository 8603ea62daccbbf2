package io.aicore.observability.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The first so many names there are; all later ones are one. A model's name may come from whoever asks. */
final class BoundedNames {

    static final String OTHER = "_OTHER";
    static final int MOST = 100;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    String bounded(String name) {
        if (known.contains(name)) {
            return name;
        }
        synchronized (known) {
            if (known.size() >= MOST) {
                return OTHER;
            }
            known.add(name);
            return name;
        }
    }
}
