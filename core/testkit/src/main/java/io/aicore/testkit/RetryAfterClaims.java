package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.error.LlmException;
import io.aicore.retry.GiveUpReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The delays that a server asks for are kept. */
interface RetryAfterClaims extends Claims {

    /** The longest wait that is kept by default. */
    Duration LONGEST = Duration.ofSeconds(60);

    private List<ErrorForm> delayed() {
        return fixture().errors().stream().filter(form -> form.delay() != null).toList();
    }

    @Test
    default void asksForDelaysIfItSaysSo() {
        assertThat(delayed().stream().anyMatch(ErrorForm::retryable)).isEqualTo(can(Capability.RETRY_AFTER));
    }

    @TestFactory
    default Stream<DynamicTest> aRetryAfterIsKept() {
        return delayed().stream()
                .filter(ErrorForm::retryable)
                .map(form -> DynamicTest.dynamicTest(form.toString(), () -> {
                    Duration delay = Rig.present(form.delay());
                    if (delay.compareTo(LONGEST) > 0) {
                        failsAtOnce(form);
                    } else {
                        waits(form, delay);
                    }
                }));
    }

    private void waits(ErrorForm form, Duration retryAfter) {
        int earlier = rig().server().calls();
        Reply reply = Reply.of("Yes.");
        rig().server().then(error(form)).then(plain(reply));
        Waits waits = new Waits();
        LlmProvider provider = rig().provider(waits::in);
        CompletableFuture<Completion> call = provider.complete(request()).toFuture();

        Duration wait = waits.first();
        // Our own first wait is 1 s, with up to a quarter on top; a requested delay gets at most a tenth.
        Duration least = retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofMillis(750) : retryAfter;
        assertThat(wait).isBetween(least, retryAfter.plusMillis(1_250).plus(retryAfter.dividedBy(10)));
        waits.advance(wait.minusMillis(1));
        assertThat(rig().server().calls()).isEqualTo(earlier + 1);
        // The gate that all calls of the key wait for adds up to a quarter.
        Duration spread = retryAfter.dividedBy(4);
        waits.advance(spread.plusMillis(2));

        Completion completion =
                call.orTimeout(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        assertReads(completion, reply);
        assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(2);
        assertThat(Rig.present(completion.provenance()).waited())
                .isBetween(wait, wait.plus(spread).plusMillis(2));
        assertThat(Rig.present(completion.provenance())
                        .failures()
                        .get(0)
                        .failure()
                        .status())
                .isEqualTo(form.meant());
    }

    private void failsAtOnce(ErrorForm form) {
        int earlier = rig().server().calls();
        rig().server().then(error(form));

        LlmException failure = Rig.failure(rig().retrying().complete(request()));

        assertThat(failure.reason()).isEqualTo(GiveUpReason.RETRY_AFTER_TOO_LONG);
        assertThat(failure.retryAfter()).isEqualTo(form.delay());
        assertThat(rig().server().calls()).isEqualTo(earlier + 1);
    }
}
