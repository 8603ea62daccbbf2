package io.aicore.limit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** Passes each hold on to all who hear of that admission. */
final class InMemoryStore implements AdmissionStore {

    private final Map<String, List<Consumer<Hold>>> listeners = new ConcurrentHashMap<>();

    @Override
    public void tell(Hold hold) {
        listeners.getOrDefault(hold.admission(), List.of()).forEach(listener -> listener.accept(hold));
    }

    @Override
    public Disposable hear(String admission, Consumer<Hold> listener) {
        listeners
                .computeIfAbsent(admission, any -> new CopyOnWriteArrayList<>())
                .add(listener);
        return Disposables.composite(() -> listeners.computeIfPresent(admission, (name, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        }));
    }
}
