package io.aicore.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Each credential has its latch, and there is an end to how many are kept (row 25). */
class CredentialLatchesTest {

    private final CredentialLatches latches =
            CredentialLatches.of("host", 1, Duration.ofSeconds(30), VirtualTimeScheduler.create());

    @Test
    void oneCredentialsRefusalsAreNotAnothers() {
        latches.get("a").tryAcquire().rejected();
        assertThat(latches.get("a").isLatched()).isTrue();
        assertThat(latches.get("b").isLatched()).isFalse();
    }

    @Test
    void theOneLongestUnusedGoesBeyondAThousand() {
        latches.get("old").tryAcquire().rejected();
        latches.get("in use").tryAcquire().rejected();
        for (int i = 0; i < 998; i++) {
            latches.get("other " + i);
        }
        assertThat(latches.get("old").isLatched()).isTrue();
        latches.get("in use");
        latches.get("one more");
        latches.get("yet one more");
        assertThat(latches.get("in use").isLatched()).isTrue();
        assertThat(latches.get("old").isLatched()).isTrue();
        for (int i = 0; i < 999; i++) {
            latches.get("new " + i);
            latches.get("in use");
        }
        assertThat(latches.get("in use").isLatched()).isTrue();
        assertThat(latches.get("old").isLatched()).isFalse();
    }
}
