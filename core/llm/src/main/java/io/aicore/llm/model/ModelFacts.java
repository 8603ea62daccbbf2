package io.aicore.llm.model;

import io.aicore.llm.chat.Cost;
import io.aicore.llm.chat.Usage;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Limits and prices of one model at one provider.
 *
 * @param provider its configured name, such as {@code openai}
 * @param model the provider's name for it
 * @param hosts the addresses where this applies, because a gateway of the same protocol may have other limits and
 *     prices; empty for every address
 * @param traits what the model takes and does
 * @param prices at most one applies to a request; empty for a model whose price is unknown, or depends on something
 *     unknown
 * @param asOf the day on which this was verified
 */
public record ModelFacts(
        String provider, String model, Set<String> hosts, Traits traits, List<PriceBand> prices, LocalDate asOf) {

    public ModelFacts {
        hosts = Set.copyOf(hosts);
        prices = List.copyOf(prices);
    }

    /**
     * What a model takes and does.
     *
     * @param contextWindow maximum tokens of prompt and answer together; null if unknown
     * @param maxOutputTokens maximum tokens of an answer; null if unknown
     * @param temperature whether the model accepts a temperature other than 1
     * @param thinks whether it thinks before it answers unless a request disables that: its streams have longer
     *     timeouts
     */
    public record Traits(
            @Nullable Long contextWindow, @Nullable Integer maxOutputTokens, boolean temperature, boolean thinks) {

        /** No known limits; takes a temperature and does not think. */
        public static final Traits PLAIN = new Traits(null, null, true, false);
    }

    /** A model with prices only, at any address. */
    public static ModelFacts of(String provider, String model, LocalDate asOf, PriceBand... prices) {
        return new ModelFacts(provider, model, Set.of(), Traits.PLAIN, List.of(prices), asOf);
    }

    /** Maximum tokens of prompt and answer together; null if unknown. */
    public @Nullable Long contextWindow() {
        return traits.contextWindow;
    }

    /** Maximum tokens of an answer; null if unknown. */
    public @Nullable Integer maxOutputTokens() {
        return traits.maxOutputTokens;
    }

    /** Whether the model accepts a temperature other than 1. */
    public boolean temperature() {
        return traits.temperature;
    }

    /** Whether it thinks before it answers unless a request disables that. */
    public boolean thinks() {
        return traits.thinks;
    }

    /**
     * The cost of these tokens on this day; empty if it is not known for certain.
     *
     * @param longCache whether the request asked the provider to cache its prompt longer than by default
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
