package io.aicore.observability;

import static io.aicore.observability.StoreSuite.all;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Prompts and answers: off by default, and redacted. */
class CollectorContentTest extends CollectedCalls {

    @Test
    void wordsAreNotStoredUnlessAskedForAndThenRedacted() throws IOException {
        UnaryOperator<String> redaction = text -> text.replace("4711", "****");
        Provider silent = Provider.observed(collector).answers("the answer is 4711");
        answered(silent, silent.complete("pin 4711?"), Duration.ZERO);
        assertThat(only().content()).isEqualTo(StoredContent.NONE);
        assertThat(only().toString()).doesNotContain("4711");

        LlmOperationCollector talking = LlmOperationCollector.builder()
                .url(directory.resolve("content").toString())
                .storeContent(redaction, 17)
                .build();
        Provider provider = Provider.observed(talking).answers("the answer is 4711");
        answered(provider, provider.complete("pin 4711?"), Duration.ZERO);
        done(talking.flush());
        List<LlmOperation> stored = all(talking.operations(OperationFilter.ALL));
        done(talking.closeLater());
        assertThat(stored).singleElement().satisfies(call -> {
            assertThat(call.content().prompt()).isEqualTo("user: pin ****?");
            assertThat(call.content().answer()).isEqualTo("the answer is ***");
            assertThat(call.toString()).doesNotContain("pin");
        });
        done(collector.closeLater());
        String file = Files.readString(directory.resolve("calls.mv.db"), StandardCharsets.ISO_8859_1);
        assertThat(file).contains("scripted").doesNotContain("4711");
    }

    @Test
    void aRedactionThatThrowsStoresNothing() {
        LlmOperationCollector talking = LlmOperationCollector.builder()
                .url(directory.resolve("content").toString())
                .storeContent(
                        text -> {
                            throw new IllegalStateException("no");
                        },
                        100)
                .build();
        Provider provider = Provider.observed(talking).answers("hi");
        answered(provider, provider.complete("hello"), Duration.ZERO);
        done(talking.flush());

        assertThat(all(talking.operations(OperationFilter.ALL)))
                .singleElement()
                .satisfies(call -> assertThat(call.content()).isEqualTo(StoredContent.NONE));
        done(talking.closeLater());
    }
}
