package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallStart;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The scopes of calls so far. Calls beyond the bound get one of their own. */
final class CallScopes {

    static final int MOST = 1_000;

    private record Key(String provider, @Nullable String host, String modelTag) {}

    private final BoundedNames models = new BoundedNames();
    private final Map<Key, CallScope> known = new ConcurrentHashMap<>();

    CallScope of(CallStart start, String model) {
        String modelTag = models.bounded(model);
        Key key = new Key(start.provider(), start.host(), modelTag);
        CallScope scope = known.get(key);
        if (scope != null) {
            return scope;
        }
        CallScope fresh = CallScope.of(start, modelTag);
        if (known.size() < MOST) {
            CallScope first = known.putIfAbsent(key, fresh);
            return first == null ? fresh : first;
        }
        return fresh;
    }
}
