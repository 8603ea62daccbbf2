package io.aicore.llm;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Cost;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.LlmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The cost of one call: its answer, and the failed attempts whose tokens are known. Unknown if any part is unknown. */
final class CostTracker {

    // A request that asks for another tier, speed or place than usual has another price.
    private static final Set<String> OTHER_PRICE = Set.of("service_tier", "serviceTier", "speed", "inference_geo");
    private static final Set<String> USUAL = Set.of("default", "standard", "standard_only");
    private static final String CACHE_TIME = "ttl";
    private static final String LONG = "1h";

    private final KnownModels models;
    private final CompletionRequest request;
    private final List<String> warnings;
    private final Queue<Usage> lost = new ConcurrentLinkedQueue<>();

    CostTracker(KnownModels models, CompletionRequest request, List<String> warnings) {
        this.models = models;
        this.request = request;
        this.warnings = List.copyOf(warnings);
    }

    /** The request as it is sent. */
    CompletionRequest request() {
        return request;
    }

    /** Adds a failed attempt: the provider bills the tokens it had read and written. */
    void failed(Throwable error) {
        Completion partial = error instanceof LlmException failure ? failure.partial() : null;
        failed(partial == null ? null : partial.usage());
    }

    void failed(@Nullable ChunkInfo info) {
        failed(info == null ? null : info.usage());
    }

    private void failed(@Nullable Usage usage) {
        if (usage != null) {
            lost.add(usage);
        }
    }

    Completion settle(Completion answer, Provenance how) {
        return answer.provenance(settled(answer.model(), answer.usage(), how));
    }

    /** Adds cost and warnings to the response metadata of a stream. */
    Provenance settle(Provenance how, @Nullable ChunkInfo info) {
        String model = info == null || info.model() == null ? "" : info.model();
        Usage usage = info == null ? null : info.usage();
        return settled(model, usage, how);
    }

    private Provenance settled(String answered, @Nullable Usage usage, Provenance how) {
        return how.billed(cost(answered, usage).orElse(null), warnings);
    }

    private Optional<Cost> cost(String answered, @Nullable Usage usage) {
        String model = answered.isEmpty() ? request.model() : answered;
        Optional<Cost> sum = usage == null || otherPrice() ? Optional.empty() : price(model, usage);
        for (Usage other : lost) {
            // Which model would have answered an attempt that failed is not known but by the name that was asked for.
            sum = sum.flatMap(cost -> price(request.model(), other).map(cost::plus));
        }
        return sum;
    }

    private Optional<Cost> price(@Nullable String model, Usage usage) {
        return models.find(model).flatMap(facts -> facts.cost(usage, LocalDate.now(ZoneOffset.UTC), longCache()));
    }

    private boolean otherPrice() {
        return !request.extra().isEmpty()
                && request.extra().entrySet().stream()
                        .anyMatch(field -> OTHER_PRICE.contains(field.getKey())
                                && !(field.getValue() instanceof String value && USUAL.contains(value)));
    }

    private boolean longCache() {
        if (holdsLong(request.extra())) {
            return true;
        }
        for (Message message : request.messages()) {
            if (holdsLong(message.extra())) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsLong(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            return !object.isEmpty() && holdsLong(object);
        }
        return value instanceof List<?> list && list.stream().anyMatch(CostTracker::holdsLong);
    }

    private static boolean holdsLong(Map<?, ?> object) {
        return LONG.equals(object.get(CACHE_TIME)) || object.values().stream().anyMatch(CostTracker::holdsLong);
    }
}
