package io.aicore.observability;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * For whom a call was made: what the request's metadata says under {@code session}, {@code workspace} and {@code agent}, and
 * where it says nothing, what the caller's Reactor Context does.
 *
 * <pre>{@code
 * pipeline.contextWrite(new Identity(sessionId, null, null)::in)
 * }</pre>
 */
public record Identity(
        @Nullable String session,
        @Nullable String workspace,
        @Nullable String agent) {

    /** Nobody in particular. */
    public static final Identity NONE = new Identity(null, null, null);

    static final String SESSION = "session";
    static final String WORKSPACE = "workspace";
    static final String AGENT = "agent";

    /** The Context with this identity for all calls inside. */
    public Context in(Context context) {
        return context.put(Identity.class, this);
    }

    /** Of a call with this metadata, which counts before what is around it. */
    public static Identity of(Map<String, String> metadata, ContextView context) {
        Identity around = context.<Identity>getOrEmpty(Identity.class).orElse(NONE);
        return new Identity(
                metadata.getOrDefault(SESSION, around.session),
                metadata.getOrDefault(WORKSPACE, around.workspace),
                metadata.getOrDefault(AGENT, around.agent));
    }
}
