package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Row 30: retries end after a few in an outage, and are paid for by calls that succeed at once. */
class RetryBudgetTest {

    @Test
    void startsWithFive() {
        RetryBudget budget = RetryBudget.create();
        int retries = 0;
        while (budget.tryRetry()) {
            retries++;
        }
        assertThat(retries).isEqualTo(5);
        assertThat(budget.refused()).isEqualTo(1);
    }

    @Test
    void sevenFirstSuccessesPayForOneRetry() {
        RetryBudget budget = RetryBudget.create(10, 0, 0.15);
        for (int i = 0; i < 6; i++) {
            budget.firstSuccess();
        }
        assertThat(budget.tryRetry()).isFalse();
        budget.firstSuccess();
        assertThat(budget.tryRetry()).isTrue();
    }

    @Test
    void neverHoldsMoreThanTen() {
        RetryBudget budget = RetryBudget.create();
        for (int i = 0; i < 1_000; i++) {
            budget.firstSuccess();
        }
        budget.giveBack();
        assertThat(budget.balance()).isEqualTo(10);
    }

    @Test
    void aRetryThatWasNotSentIsGivenBack() {
        RetryBudget budget = RetryBudget.create(10, 1, 0.15);
        assertThat(budget.tryRetry()).isTrue();
        budget.giveBack();
        assertThat(budget.tryRetry()).isTrue();
    }

    @Test
    void unlimitedRefusesNothing() {
        RetryBudget budget = RetryBudget.unlimited();
        for (int i = 0; i < 100; i++) {
            assertThat(budget.tryRetry()).isTrue();
        }
    }

    @Test
    void aWrongNumberIsNamed() {
        assertThatThrownBy(() -> RetryBudget.create(10, 11, 0.1))
                .hasMessage("start: 11.0 (expected: >= 0 and <= 10.0)");
    }
}
