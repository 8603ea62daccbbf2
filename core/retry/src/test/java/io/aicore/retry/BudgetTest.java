package io.aicore.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.RetryBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/** Row 30: retries of all calls share one budget; without it left, a call fails with the failure it has. */
class BudgetTest {

    private final Trial trial = new Trial();

    @Test
    void theSixthRetryFailsWithTheOriginalFailureAndSaysBudget() {
        RetryBudget budget = RetryBudget.create();
        RetryOnFailure retry =
                trial.retry(RetrySettings.defaults().maxRetries(1)).budget(budget);
        Throwable error = Trial.reset();
        for (int i = 0; i < 5; i++) {
            assertThat(trial.finish(retry.protect(Mono.error(error))).reason())
                    .isEqualTo(GiveUpReason.RETRIES_EXHAUSTED);
        }
        Throwable last = Trial.reset();
        Trial.Outcome<Object> refused = trial.finish(retry.protect(Mono.error(last)));
        assertThat(refused.error).isSameAs(last);
        assertThat(refused.reason()).isEqualTo(GiveUpReason.BUDGET);
        assertThat(refused.history().attempts()).isEqualTo(1);
    }

    @Test
    void withoutBudgetItIsFinalForAnOuterLayer() {
        RetryOnFailure inner = trial.retry().budget(RetryBudget.create(10, 0, 0.15));
        // Without the Context the inner operator does not know of the outer one, and does not step aside.
        Mono<String> once =
                Mono.defer(() -> inner.protect(trial.script(Trial.reset())).contextWrite(context -> Context.empty()));
        trial.finish(trial.retry().protect(once));
        assertThat(trial.attempts).hasSize(1);
    }

    @Test
    void aFirstSuccessPays() {
        RetryBudget budget = RetryBudget.create(10, 0, 0.5);
        RetryOnFailure retry = trial.retry().budget(budget);
        trial.finish(retry.protect(Mono.just("answer")));
        trial.run(retry.protect(Flux.just("a", "b", "c")));
        assertThat(budget.balance()).isEqualTo(1);
    }

    @Test
    void aSuccessAfterARetryDoesNotPay() {
        RetryBudget budget = RetryBudget.create(10, 1, 0.5);
        trial.finish(trial.retry().budget(budget).protect(trial.script(Trial.reset(), "answer")));
        assertThat(budget.balance()).isZero();
    }

    @Test
    void aCancelInTheWaitGivesBack() {
        RetryBudget budget = RetryBudget.create();
        Trial.Outcome<String> call = trial.run(trial.retry().budget(budget).protect(trial.script(Trial.reset())));
        assertThat(budget.balance()).isEqualTo(4);
        call.subscription.dispose();
        assertThat(budget.balance()).isEqualTo(5);
    }

    @Test
    void theDeadlineInTheWaitGivesBack() {
        RetryBudget budget = RetryBudget.create();
        RetrySettings settings =
                RetrySettings.defaults().initialDelay(Duration.ofSeconds(1)).deadline(Duration.ofMillis(1_100));
        // Cut in the second attempt, which hangs; the first wait of one second is over.
        trial.finish(trial.retry(settings).budget(budget).protect(trial.script(Trial.reset(), Duration.ofMinutes(1))));
        assertThat(budget.balance()).as("that retry was sent").isEqualTo(4);
    }

    @Test
    void unchargedFailuresTakeNothing() {
        RetryBudget budget = RetryBudget.create(10, 0, 0.15);
        RetryOnFailure retry = trial.retry().budget(budget, failure -> true);
        assertThat(trial.finish(retry.protect(trial.script(Trial.reset(), "answer"))).values)
                .containsExactly("answer");
    }

    @Test
    void hooksAreTheClassifierTheBudgetAndTheMapper() {
        RetryBudget budget = RetryBudget.create(10, 0, 0.15);
        IllegalStateException mapped = new IllegalStateException("mapped");
        RetryOnFailure retry = trial.retry(RetrySettings.defaults().maxRetries(3))
                .hooks(
                        error -> Failure.retryable(String.valueOf(error.getMessage())),
                        budget,
                        failure -> failure.why().equals("uncharged"),
                        (last, history) -> mapped);
        Mono<String> attempts =
                trial.script(new IllegalStateException("uncharged"), new IllegalStateException("charged"), "answer");
        Trial.Outcome<String> ended = trial.finish(retry.protect(attempts));
        assertThat(ended.error).isSameAs(mapped);
        assertThat(ended.history().attempts()).isEqualTo(2);
        assertThat(ended.reason()).isEqualTo(GiveUpReason.BUDGET);
    }
}
