package io.aicore.observability;

import static io.aicore.observability.StoreSuite.all;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.Completion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A collector on an empty database, and scripted calls. */
abstract class CollectedCalls {

    @TempDir
    Path directory;

    LlmOperationCollector collector;

    @BeforeEach
    void open() {
        collector = LlmOperationCollector.at(directory.resolve("calls").toString());
    }

    @AfterEach
    void close() {
        done(collector.closeLater());
    }

    static void answered(Provider provider, Mono<Completion> call, Duration after) {
        StepVerifier.create(call)
                .then(() -> provider.time.advanceTimeBy(after))
                .expectNextCount(1)
                .verifyComplete();
    }

    LlmOperation only() {
        List<LlmOperation> recorded = recorded();
        assertThat(recorded).hasSize(1);
        return recorded.get(0);
    }

    /** All calls with their attempts, oldest first. */
    List<LlmOperation> recorded() {
        done(collector.flush());
        List<LlmOperation> newestFirst =
                all(collector.operations(OperationFilter.ALL).concatMap(call -> collector.operation(call.id())));
        return newestFirst.stream()
                .sorted(Comparator.comparing(LlmOperation::start))
                .toList();
    }

    static void refused(String words, Consumer<LlmOperationCollectorBuilder> wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wrong.accept(LlmOperationCollector.builder()))
                .withMessageContaining(words)
                .withMessageContaining("expected")
                .satisfies(error -> assertThat(error.toString()).doesNotContain("secret"));
    }
}
