package io.aicore.llm.chat;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The cost of tokens at the provider's list price: without discounts, batch prices, taxes and fees for the provider's
 * own tools.
 *
 * @param usd US dollars, not rounded
 * @param asOf the day on which the price was verified; the provider may have changed it since
 */
public record Cost(BigDecimal usd, LocalDate asOf) {

    /** The sum of both, as of the earlier day. */
    public Cost plus(Cost other) {
        return new Cost(usd.add(other.usd), asOf.isBefore(other.asOf) ? asOf : other.asOf);
    }
}
