package io.aicore.limit;

import io.aicore.internal.Seconds;
import java.io.Serial;
import java.time.Duration;

/** A call was refused because the provider has rejected this credential several times in a row. Nothing was sent. */
public final class CredentialRejectedException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Duration since;
    private final Duration untilNextTry;

    CredentialRejectedException(String name, Duration since, Duration untilNextTry) {
        super(null, null, true, false);
        this.name = name;
        this.since = since;
        this.untilNextTry = untilNextTry;
    }

    /** The name of the latch; never the credential itself. */
    public String name() {
        return name;
    }

    /** Time since calls with this credential began to fail fast. */
    public Duration since() {
        return since;
    }

    /** Time until one call may try the credential again. */
    public Duration untilNextTry() {
        return untilNextTry;
    }

    @Override
    public String getMessage() {
        return "the credential of '" + name + "' has been rejected for " + Seconds.text(since)
                + " (next try in " + Seconds.text(untilNextTry)
                + "): check the key and its permissions";
    }
}
