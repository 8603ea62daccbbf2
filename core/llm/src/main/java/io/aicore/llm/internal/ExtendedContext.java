package io.aicore.llm.internal;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A Context with one more entry, made without a copy of the others. An exchange puts itself into the Context of its
 * connection, which is asked for two or three keys and then forgotten: copies of all entries would be a twentieth of what
 * a call allocates.
 */
public final class ExtendedContext implements Context {

    private final Context rest;
    private final Object key;
    private final Object value;

    public ExtendedContext(Context rest, Object key, Object value) {
        this.rest = rest;
        this.key = Objects.requireNonNull(key, "key");
        this.value = Objects.requireNonNull(value, "value");
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // The interface's.
    public <T> T get(Object wanted) {
        return key.equals(wanted) ? (T) value : rest.get(wanted);
    }

    @Override
    public boolean hasKey(Object wanted) {
        return key.equals(wanted) || rest.hasKey(wanted);
    }

    /** A further entry is one more link; a copy is made where there are many, as each costs a comparison. */
    @Override
    public Context put(Object newKey, Object newValue) {
        return rest instanceof ExtendedContext
                ? plain().put(newKey, newValue)
                : new ExtendedContext(this, newKey, newValue);
    }

    @Override
    public Context delete(Object unwanted) {
        return plain().delete(unwanted);
    }

    /** An operator of Reactor adds what is there already; or a single entry of its own, and then what is there already. */
    @Override
    public Context putAll(ContextView more) {
        if (more == this || (more == rest && !rest.hasKey(key))) {
            return this;
        }
        if (more.size() > 1) {
            return plain().putAll(more);
        }
        Context[] all = {this};
        more.forEach((newKey, newValue) -> all[0] = all[0].put(newKey, newValue));
        return all[0];
    }

    @Override
    public int size() {
        return rest.size() + (rest.hasKey(key) ? 0 : 1);
    }

    @Override
    public Stream<Map.Entry<Object, Object>> stream() {
        return plain().stream();
    }

    private Context plain() {
        return rest instanceof ExtendedContext more ? more.plain().put(key, value) : rest.put(key, value);
    }

    /** The keys only: values may be secret. */
    @Override
    public String toString() {
        return "ExtendedContext" + stream().map(Map.Entry::getKey).toList();
    }
}
