package io.aicore.limit;

import java.time.Duration;
import java.util.function.Consumer;
import reactor.core.Disposable;

/**
 * Shares between processes what one of them has learned, over Redis for example. {@link Admission} decides locally and at
 * once; it tells what it decided, and takes over what others tell. Nothing waits for a store, so one that is slow or down
 * costs only the knowledge of others.
 */
public interface AdmissionStore {

    /** Shares nothing. */
    AdmissionStore NONE = new NoStore();

    /**
     * A gate that was closed.
     *
     * @param admission name of the admission
     * @param key key of the gate; never a credential
     * @param time from now, since clocks of processes differ; contains the random spread
     */
    record Hold(String admission, String key, Duration time) {}

    /** Tells the others. Called for each gate that closes, or stays closed longer than known; must not block or throw. */
    void tell(Hold hold);

    /**
     * Passes on what others tell about this admission, until disposed. What this process published may be among
     * it: a hold never shortens another one.
     */
    Disposable hear(String admission, Consumer<Hold> listener);

    /** A store for the admissions of one process that do not share an instance. */
    static AdmissionStore inMemory() {
        return new InMemoryStore();
    }
}
