package io.aicore.llm.chat;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What tokens cost at the provider's list price: without discounts, batch prices, taxes and fees for tools of the provider's
 * own.
 *
 * @param usd US dollars, not rounded
 * @param asOf the day of which the price is known; the provider may have changed it since
 */
public record Cost(BigDecimal usd, LocalDate asOf) {

    /** Both together, as of the older day. */
    public Cost plus(Cost other) {
        return new Cost(usd.add(other.usd), asOf.isBefore(other.asOf) ? asOf : other.asOf);
    }
}
