package io.aicore.observability;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The identity on whose behalf a call is made: {@code session}, {@code workspace} and {@code agent} of the request's
 * metadata, with missing values taken from the caller's Reactor Context.
 *
 * <pre>{@code
 * pipeline.contextWrite(new Identity(sessionId, null, null)::in)
 * }</pre>
 */
public record Identity(
        @Nullable String session,
        @Nullable String workspace,
        @Nullable String agent) {

    /** No identity. */
    public static final Identity NONE = new Identity(null, null, null);

    static final String SESSION = "session";
    static final String WORKSPACE = "workspace";
    static final String AGENT = "agent";

    /** Returns a Context with this identity for all calls inside. */
    public Context in(Context context) {
        return context.put(Identity.class, this);
    }

    /** The identity of a call: this metadata takes precedence over the Context. */
    public static Identity of(Map<String, String> metadata, ContextView context) {
        Identity around = context.<Identity>getOrEmpty(Identity.class).orElse(NONE);
        if (metadata.isEmpty()) {
            return around;
        }
        return new Identity(
                metadata.getOrDefault(SESSION, around.session),
                metadata.getOrDefault(WORKSPACE, around.workspace),
                metadata.getOrDefault(AGENT, around.agent));
    }
}
