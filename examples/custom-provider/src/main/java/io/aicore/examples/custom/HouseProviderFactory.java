package io.aicore.examples.custom;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import java.util.Set;

/** Named in {@code META-INF/services/io.aicore.llm.LlmProviderFactory}, so that {@code provider: house} is found. */
public final class HouseProviderFactory implements LlmProviderFactory {

    @Override
    public Set<String> names() {
        return Set.of("house");
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        return new HouseProvider(config);
    }
}
