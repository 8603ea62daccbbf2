package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens by type, with their unit. */
class TokenMetersTest extends MeteredCalls {

    @Test
    void tokensAreCountedByType() {
        drain(provider().answers().complete("why"));

        assertThat(tokens("input")).isEqualTo(7);
        assertThat(tokens("output")).isEqualTo(100);
    }

    @Test
    void whatIsPartOfTheTokensIsCountedBesideThem() {
        drain(provider().answers().complete("why"));

        assertThat(List.of(part("cache_read"), part("cache_write"), part("reasoning")))
                .containsExactly(3.0, 2.0, 40.0);
    }

    @Test
    void tokensHaveTheirUnit() {
        drain(provider().answers().complete("why"));

        assertThat(meters.get("gen_ai.client.token.usage").summaries())
                .allSatisfy(summary -> assertThat(summary.getId().getBaseUnit()).isEqualTo("{token}"));
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .timer()
                        .getId()
                        .getBaseUnit())
                .isEqualTo("seconds");
    }

    private double part(String part) {
        return meters.get("aicore.client.token.parts")
                .tag("aicore.token.part", part)
                .counter()
                .count();
    }

    private double tokens(String type) {
        return meters.get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .summary()
                .totalAmount();
    }
}
