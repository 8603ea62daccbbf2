package io.aicore.llm;

import io.aicore.llm.config.KeyVariables;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates the providers of one wire protocol. Implementations are found with {@link java.util.ServiceLoader}: they have
 * a public constructor without arguments and an entry under {@code META-INF/services}.
 */
public interface LlmProviderFactory {

    /** The values of {@link LlmConfig#provider()} that this factory supports, in lower case. */
    Set<String> names();

    /**
     * The environment variables for this vendor's key and address. Default: the names of {@link KeyVariables#of}.
     *
     * @param name one of {@link #names()}
     */
    default @Nullable KeyVariables keyVariables(String name) {
        return null;
    }

    /**
     * Whether the provider of this name supports completions; a provider for embeddings only is not chosen because its
     * key is in the environment. Default: yes.
     */
    default boolean completes(String name) {
        return true;
    }

    /**
     * Creates a provider with its own connections.
     *
     * @throws IllegalArgumentException if the configuration lacks what this provider needs, naming the setting
     */
    LlmProvider create(LlmConfig config);
}
