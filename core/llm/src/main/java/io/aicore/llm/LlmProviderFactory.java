package io.aicore.llm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the providers of one wire protocol. Implementations are found through {@link java.util.ServiceLoader}, so they
 * have a public constructor without arguments and an entry under {@code META-INF/services}.
 */
public interface LlmProviderFactory {

    /** The names this factory answers to in {@link LlmConfig#provider()}, in lower case. */
    Set<String> names();

    /**
     * The variables in which this vendor's users keep their key and address. Default: as {@link KeyVariables#of} has them.
     *
     * @param name one of {@link #names()}
     */
    default @Nullable KeyVariables keyVariables(String name) {
        return null;
    }

    /**
     * Whether the provider of this name answers questions; one that only embeds is not chosen because its key stands in the
     * environment. Default: yes.
     */
    default boolean completes(String name) {
        return true;
    }

    /**
     * A new provider with its own connections.
     *
     * @throws IllegalArgumentException if the configuration lacks what this provider needs, naming the setting
     */
    LlmProvider create(LlmConfig config);
}
