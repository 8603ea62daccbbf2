package io.aicore.examples.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ServerErrorException;
import io.aicore.retry.GiveUpReason;
import java.io.IOException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class HouseProviderTest {

    @Test
    void theMainRuns() throws IOException {
        AskTheHouse.main();
    }

    @Test
    void isFoundByNameAndRetriesByItsOwnSettings() throws IOException {
        // One retry is what the configuration allows; the provider says five.
        try (House house = House.that(House.refuses(429, 0), House.refuses(504, 0), House.answers("Everybody."))) {
            assertThat(AskTheHouse.ask(house.address(), "Who?")).isEqualTo("Everybody.");
            assertThat(house.requests()).isEqualTo(3);
        }
    }

    @Test
    void givesUpOnARefusedKey() throws IOException {
        try (House house = House.that(House.refuses(401, 0))) {
            assertThatThrownBy(() -> AskTheHouse.ask(house.address(), "Who?"))
                    .isInstanceOf(AuthenticationException.class);
            assertThat(house.requests()).isEqualTo(1);
        }
    }

    @Test
    void leavesAServerErrorAloneThoughItIsRetryable() throws IOException {
        try (House house = House.that(House.refuses(500, 0))) {
            assertThatThrownBy(() -> AskTheHouse.ask(house.address(), "Who?"))
                    .asInstanceOf(InstanceOfAssertFactories.type(ServerErrorException.class))
                    .extracting(ServerErrorException::reason)
                    .isEqualTo(GiveUpReason.NOT_RETRYABLE);
            assertThat(house.requests()).isEqualTo(1);
        }
    }
}
