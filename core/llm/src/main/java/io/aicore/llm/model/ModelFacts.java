package io.aicore.llm.model;

import io.aicore.llm.chat.Cost;
import io.aicore.llm.chat.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model at one provider.
 *
 * @param provider its configured name, as {@code openai}
 * @param model the provider's name for it
 * @param hosts the addresses where this holds: a gateway of the same protocol may have other limits and prices; empty for
 *     every address
 * @param contextWindow how many tokens prompt and answer may have together; null if not known
 * @param maxOutputTokens how many tokens an answer may have; null if not known
 * @param temperature whether another temperature than 1 is taken
 * @param thinks whether it thinks before it answers unless a request says otherwise: its streams are waited for longer
 * @param prices at most one holds for a request; empty for a model whose price is not known, or depends on what cannot be
 *     known
 * @param asOf the day of which this is the knowledge
 */
public record ModelFacts(
        String provider,
        String model,
        Set<String> hosts,
        @Nullable Long contextWindow,
        @Nullable Integer maxOutputTokens,
        boolean temperature,
        boolean thinks,
        List<PriceBand> prices,
        LocalDate asOf) {

    public ModelFacts {
        hosts = Set.copyOf(hosts);
        prices = List.copyOf(prices);
    }

    /** A model of which only its prices are known, at any address. */
    public static ModelFacts of(String provider, String model, LocalDate asOf, PriceBand... prices) {
        return new ModelFacts(provider, model, Set.of(), null, null, true, false, List.of(prices), asOf);
    }

    /**
     * What these tokens cost on this day; empty where that is not known for certain.
     *
     * @param longCache whether the request asked the provider to keep its prompt in the cache longer than usual
     */
    public Optional<Cost> cost(Usage usage, LocalDate day, boolean longCache) {
        List<PriceBand> holding = prices.stream()
                .filter(band -> band.holds(usage.inputTokens(), day))
                .toList();
        return holding.size() == 1
                ? holding.get(0).price(usage, longCache).map(usd -> new Cost(usd, asOf))
                : Optional.empty();
    }
}
