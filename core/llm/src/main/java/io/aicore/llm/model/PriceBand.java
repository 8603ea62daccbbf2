package io.aicore.llm.model;

import io.aicore.llm.chat.Usage;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prices in US dollars per million tokens, and the requests they apply to. Null means unknown, or no bound.
 *
 * @param from first day (UTC) of these prices
 * @param until first day on which they no longer apply
 * @param aboveInputTokens they apply to prompts of more tokens than this; a whole request is billed by one band
 * @param upToInputTokens they apply to prompts of at most this many tokens
 * @param cachedInput tokens read from the provider's prompt cache
 * @param cacheWrite tokens written to it with the default retention
 * @param longCacheWrite tokens written to it with a longer retention, if that costs more
 * @param output tokens of the answer, reasoning included
 */
public record PriceBand(
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable Long aboveInputTokens,
        @Nullable Long upToInputTokens,
        BigDecimal input,
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal longCacheWrite,
        BigDecimal output) {

    private static final int MILLION = 6;

    public PriceBand {
        for (BigDecimal price : new @Nullable BigDecimal[] {input, cachedInput, cacheWrite, longCacheWrite, output}) {
            if (price != null && price.signum() < 0) {
                throw new IllegalArgumentException("price: " + price + " (expected: >= 0)");
            }
        }
    }

    /** Prices of input and output that always apply. */
    public static PriceBand of(BigDecimal input, BigDecimal output) {
        return new PriceBand(null, null, null, null, input, null, null, null, output);
    }

    boolean holds(long inputTokens, LocalDate day) {
        return (from == null || !day.isBefore(from))
                && (until == null || day.isBefore(until))
                && (aboveInputTokens == null || inputTokens > aboveInputTokens)
                && (upToInputTokens == null || inputTokens <= upToInputTokens);
    }

    /** In US dollars; empty if a required price is missing. */
    Optional<BigDecimal> price(Usage usage, boolean longCache) {
        BigDecimal write = longCache && longCacheWrite != null ? null : cacheWrite;
        boolean unknown =
                (usage.cachedTokens() > 0 && cachedInput == null) || (usage.cacheWriteTokens() > 0 && write == null);
        long plain = usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
        if (unknown || plain < 0) {
            return Optional.empty();
        }
        BigDecimal sum = times(plain, input)
                .add(times(usage.cachedTokens(), cachedInput))
                .add(times(usage.cacheWriteTokens(), write))
                .add(times(usage.outputTokens(), output));
        BigDecimal usd = sum.movePointLeft(MILLION).stripTrailingZeros();
        return Optional.of(usd.scale() < 0 ? usd.setScale(0) : usd);
    }

    private static BigDecimal times(long tokens, @Nullable BigDecimal price) {
        return price == null ? BigDecimal.ZERO : price.multiply(BigDecimal.valueOf(tokens));
    }
}
