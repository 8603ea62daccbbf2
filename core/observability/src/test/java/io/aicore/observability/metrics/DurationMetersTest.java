package io.aicore.observability.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.retry.RetrySettings;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Durations of calls, first tokens and chunks, and retries. */
class DurationMetersTest extends MeteredCalls {

    @Test
    void theDurationIsThatOfTheCallWithItsWaits() {
        drain(provider().fails(ScriptedCalls.rateLimited(null)).answers().complete("why"));

        Timer duration = meters.get("gen_ai.client.operation.duration")
                .tags("gen_ai.operation.name", "chat", "gen_ai.provider.name", "mistral_ai")
                .tags("gen_ai.request.model", "model-1", "gen_ai.response.model", "model-1-dated")
                .tags("server.address", "llm.example", "server.port", "8443")
                .tags("error.type", "none", "aicore.outcome", "success")
                .timer();
        assertThat(duration.count()).isEqualTo(1);
        assertThat(duration.totalTime(TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void theBucketsAreThoseOfTheConventions() {
        drain(provider().answers().stream("why"));

        assertThat(bounds(meters.get("gen_ai.client.operation.duration")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts()))
                .containsExactly(
                        1e7, 2e7, 4e7, 8e7, 1.6e8, 3.2e8, 6.4e8, 1.28e9, 2.56e9, 5.12e9, 1.024e10, 2.048e10, 4.096e10,
                        8.192e10);
        assertThat(bounds(meters.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .takeSnapshot()
                        .histogramCounts()))
                .hasSize(14);
        assertThat(bounds(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "input")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts()))
                .containsExactly(
                        1.0,
                        4.0,
                        16.0,
                        64.0,
                        256.0,
                        1024.0,
                        4096.0,
                        16384.0,
                        65536.0,
                        262144.0,
                        1048576.0,
                        4194304.0,
                        16777216.0,
                        67108864.0);
    }

    @Test
    void aFailedCallIsCountedByItsCategory() {
        drain(provider(config -> config.retrySettings(RetrySettings.defaults().maxRetries(0)))
                .fails(ScriptedCalls.overloaded())
                .complete("why")
                .onErrorComplete());

        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tags("error.type", "overloaded", "aicore.outcome", "error", "gen_ai.response.model", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theFirstTokenIsTimedInStreamsOnly() {
        drain(provider().answers().complete("why"));
        assertThat(meters.find("gen_ai.client.operation.time_to_first_chunk").timer())
                .isNull();

        drain(provider().then(ScriptedCalls.answer().delaySubscription(Duration.ofSeconds(2), time)).stream("why"));

        assertThat(meters.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void eachChunkOfAStreamButTheFirstIsTimed() {
        Flux<CompletionChunk> chunks = Flux.just("one", "two", "three")
                .map(CompletionChunk::text)
                .delayElements(Duration.ofSeconds(2), time)
                .concatWith(ScriptedCalls.answer().skip(1));

        drain(provider().fails(ScriptedCalls.overloaded()).then(chunks).stream("why"));

        Timer perChunk = meters.get("gen_ai.client.operation.time_per_output_chunk")
                .tags("gen_ai.request.model", "model-1", "gen_ai.provider.name", "mistral_ai")
                .timer();
        assertThat(perChunk.count()).isEqualTo(2);
        assertThat(perChunk.totalTime(TimeUnit.SECONDS)).isEqualTo(4);
    }

    @Test
    void thoseOfAPlainAnswerAreNot() {
        drain(provider().answers().complete("why"));

        assertThat(meters.find("gen_ai.client.operation.time_per_output_chunk").timer())
                .isNull();
    }

    @Test
    void retriesAreCountedByCause() {
        drain(provider()
                .fails(ScriptedCalls.rateLimited(null))
                .fails(ScriptedCalls.rateLimited(null))
                .fails(ScriptedCalls.overloaded())
                .answers()
                .complete("why"));

        assertThat(retries("rate_limited")).isEqualTo(2);
        assertThat(retries("overloaded")).isEqualTo(1);
    }

    private static List<Double> bounds(CountAtBucket... buckets) {
        return Arrays.stream(buckets).map(CountAtBucket::bucket).toList();
    }
}
