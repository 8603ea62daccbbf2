package io.aicore.observability.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a bounded number of names; all later ones become one. Names of models may come from users. */
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
