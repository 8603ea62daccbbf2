package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.model.ModelFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/**
 * What the catalogue knows of one provider's models at its address. Adapts a request only if the provider would
 * certainly reject it, and adds a warning to the response metadata.
 */
final class KnownModels {

    private static final Logger LOG = Loggers.getLogger(KnownModels.class);
    private static final int MOST_FOUND = 256;
    private static final double DEFAULT_TEMPERATURE = 1;

    private final ModelCatalog catalog;
    private final String provider;
    private final @Nullable String host;
    private final boolean checks;
    private final Map<String, Optional<ModelFacts>> found = new ConcurrentHashMap<>();
    // One entry per known model and kind of warning: bounded by the catalogue.
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    private KnownModels(ModelCatalog catalog, String provider, @Nullable String host, boolean checks) {
        this.catalog = catalog;
        this.provider = provider;
        this.host = host;
        this.checks = checks;
    }

    /**
     * @param address the provider's address; a text that is no address counts as none
     */
    static KnownModels of(LlmConfig config, String provider, String address) {
        return new KnownModels(config.modelCatalog(), provider, Endpoints.hostName(address), config.requestChecks());
    }

    Optional<ModelFacts> find(@Nullable String model) {
        if (model == null) {
            return Optional.empty();
        }
        Optional<ModelFacts> known = found.get(model);
        if (known == null) {
            known = catalog.find(provider, host, model);
            if (found.size() < MOST_FOUND) {
                found.put(model, known);
            }
        }
        return known;
    }

    /**
     * The request as the model accepts it, with its cost tracker.
     *
     * @param unsaid the parts of the request that the protocol cannot express
     */
    CostTracker admit(CompletionRequest request, Function<CompletionRequest, List<String>> unsaid) {
        ModelFacts facts = checks ? find(request.model()).orElse(null) : null;
        List<String> warnings = new ArrayList<>();
        CompletionRequest adapted = facts == null ? request : adapted(request, facts, warnings);
        warnings.addAll(unsaid.apply(adapted));
        return new CostTracker(this, adapted, warnings);
    }

    private CompletionRequest adapted(CompletionRequest request, ModelFacts facts, List<String> warnings) {
        Sampling asked = request.sampling();
        Double temperature = asked.temperature();
        Integer maxTokens = asked.maxTokens();
        if (temperature != null && temperature != DEFAULT_TEMPERATURE && !facts.temperature()) {
            warn(facts, "temperature", temperature + " omitted: the model accepts only its default", warnings);
            temperature = null;
        }
        if (maxTokens != null && facts.maxOutputTokens() != null && maxTokens > facts.maxOutputTokens()) {
            String what = maxTokens + " lowered to " + facts.maxOutputTokens() + ", the model's maximum";
            warn(facts, "max_tokens", what, warnings);
            maxTokens = facts.maxOutputTokens();
        }
        return warnings.isEmpty()
                ? request
                : request.toBuilder()
                        .temperature(temperature)
                        .maxTokens(maxTokens)
                        .build();
    }

    private void warn(ModelFacts facts, String field, String what, List<String> warnings) {
        warnings.add(field + " " + what);
        if (logged.add(field + " " + facts.model())) {
            LOG.warn(
                    "{} {}: {} {} (logged once per model; LLM_REQUEST_CHECKS=false sends it as it is)",
                    provider,
                    facts.model(),
                    field,
                    what);
        }
    }
}
