package io.aicore.llm.model;

import io.aicore.internal.Check;
import io.aicore.llm.chat.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices of a model, and the requests they apply to.
 *
 * @param range the requests
 * @param prices the prices
 */
public record PriceBand(Range range, Prices prices) {

    private static final int MILLION = 6;

    /**
     * The requests to which prices apply. Null means no bound.
     *
     * @param from first day (UTC) of the prices
     * @param until first day on which they no longer apply
     * @param aboveInputTokens prompts of more tokens than this; a whole request is billed by one band
     * @param upToInputTokens prompts of at most this many tokens
     */
    public record Range(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Long aboveInputTokens,
            @Nullable Long upToInputTokens) {

        /** All requests. */
        public static final Range ALL = new Range(null, null, null, null);
    }

    /**
     * Prices in US dollars per million tokens. Null means unknown.
     *
     * @param cachedInput tokens read from the provider's prompt cache
     * @param cacheWrite tokens written to it with the default retention
     * @param longCacheWrite tokens written to it with a longer retention, if that costs more
     * @param output tokens of the answer, reasoning included
     */
    public record Prices(
            BigDecimal input,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal longCacheWrite,
            BigDecimal output) {

        public Prices {
            for (BigDecimal price :
                    new @Nullable BigDecimal[] {input, cachedInput, cacheWrite, longCacheWrite, output}) {
                Check.that(price == null || price.signum() >= 0, "price", price, ">= 0");
            }
        }
    }

    /** Prices of input and output that always apply. */
    public static PriceBand of(BigDecimal input, BigDecimal output) {
        return new PriceBand(Range.ALL, new Prices(input, null, null, null, output));
    }

    boolean holds(long inputTokens, LocalDate day) {
        return (range.from == null || !day.isBefore(range.from))
                && (range.until == null || day.isBefore(range.until))
                && (range.aboveInputTokens == null || inputTokens > range.aboveInputTokens)
                && (range.upToInputTokens == null || inputTokens <= range.upToInputTokens);
    }

    /** In US dollars; empty if a required price is missing. */
    Optional<BigDecimal> price(Usage usage, boolean longCache) {
        BigDecimal write = longCache && prices.longCacheWrite != null ? null : prices.cacheWrite;
        boolean unknown = (usage.cachedTokens() > 0 && prices.cachedInput == null)
                || (usage.cacheWriteTokens() > 0 && write == null);
        long plain = usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
        boolean impossible =
                plain < 0 || usage.cachedTokens() < 0 || usage.cacheWriteTokens() < 0 || usage.outputTokens() < 0;
        if (unknown || impossible) {
            return Optional.empty();
        }
        BigDecimal sum = times(plain, prices.input)
                .add(times(usage.cachedTokens(), prices.cachedInput))
                .add(times(usage.cacheWriteTokens(), write))
                .add(times(usage.outputTokens(), prices.output));
        BigDecimal usd = sum.movePointLeft(MILLION).stripTrailingZeros();
        return Optional.of(usd.scale() < 0 ? usd.setScale(0) : usd);
    }

    private static BigDecimal times(long tokens, @Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(tokens));
    }
}
