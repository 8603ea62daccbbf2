package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class ChangeNotifierTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<String> told = new ArrayList<>();
    private String mark = "1";
    private int asked;

    private final ChangeNotifier live = new ChangeNotifier(
            Mono.fromSupplier(() -> {
                asked++;
                if (mark.isEmpty()) {
                    throw new IllegalStateException("away");
                }
                return mark;
            }),
            time);

    @Test
    void aViewerIsToldThePresentAndEachChange() {
        live.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofMillis(10));
        assertThat(told).containsExactly("event: change\ndata: {\"mark\":\"1\"}\n\n");

        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(told).hasSize(1);
        mark = "2";
        time.advanceTimeBy(ChangeNotifier.PERIOD);
        assertThat(told).hasSize(2).last().isEqualTo("event: change\ndata: {\"mark\":\"2\"}\n\n");
    }

    @Test
    void theStoreIsAskedForAllTogetherAndOnlyWhileSomebodyLooks() {
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(asked).isZero();
        Disposable one = live.events().subscribe();
        Disposable two = live.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(asked).isEqualTo(21);
        assertThat(told).hasSize(1);

        one.dispose();
        two.dispose();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(asked).isEqualTo(21);
        live.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofMillis(10));
        assertThat(told).hasSize(2);
    }

    @Test
    void aDatabaseThatIsAwayIsNewsAndSoIsItsReturn() {
        live.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofSeconds(1));
        mark = "";
        time.advanceTimeBy(Duration.ofSeconds(5));
        mark = "1";
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(told)
                .extracting(event -> event.substring(7, event.indexOf('\n')))
                .containsExactly("change", "away", "change");
    }

    @Test
    void oneThatDoesNotAnswerIsAwayToo() {
        ChangeNotifier waiting = new ChangeNotifier(Mono.never(), time);
        waiting.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofSeconds(6));
        assertThat(told).containsExactly("event: away\ndata: {}\n\n");
    }

    @Test
    void aHeartbeatKeepsTheConnectionAlive() {
        live.events().subscribe(told::add);
        time.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(told).filteredOn(event -> event.startsWith(":")).hasSize(2);
    }

    @Test
    void viewersAreCounted() {
        for (int i = 0; i < ChangeNotifier.MAX_VIEWERS; i++) {
            assertThat(live.enter()).isTrue();
        }
        assertThat(live.enter()).isFalse();
        live.leave();
        assertThat(live.enter()).isTrue();
    }
}
