package io.aicore.llm;

import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.embedding.Embedding;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Embeds any number of texts, split into requests within the provider's limits, at most {@value #CONCURRENCY} at a
 * time, each retried separately and all under one deadline. A request the provider rejects as too large is halved, down
 * to one text. The first request that finally fails cancels the others.
 */
final class Embedder {

    static final int CONCURRENCY = 4;

    private final ToIntFunction<EmbeddingRequest> maxInputs;
    private final Function<EmbeddingRequest, Mono<Embeddings>> call;
    private final Scheduler scheduler;

    Embedder(
            ToIntFunction<EmbeddingRequest> maxInputs,
            Function<EmbeddingRequest, Mono<Embeddings>> call,
            Scheduler scheduler) {
        this.maxInputs = maxInputs;
        this.call = call;
        this.scheduler = scheduler;
    }

    /** All embeddings, in the order of the texts; the deadline, if any, counts from the subscription. */
    Mono<Embeddings> embed(EmbeddingRequest request, @Nullable Duration deadline) {
        return Mono.defer(() -> {
            long start = now();
            return Flux.fromIterable(parts(request.inputs(), Math.max(1, maxInputs.applyAsInt(request))))
                    .flatMapSequential(part -> part(request.inputs(part), deadline, start), CONCURRENCY, 1)
                    .collectList()
                    .map(answers -> answers.size() == 1 ? answers.get(0) : joined(answers, start));
        });
    }

    private Mono<Embeddings> part(EmbeddingRequest part, @Nullable Duration deadline, long start) {
        return Mono.defer(() -> call.apply(deadline == null ? part : within(part, deadline, start)))
                .onErrorResume(Embedder::tooLarge, error -> halved(part, deadline, start, error));
    }

    private Mono<Embeddings> halved(
            EmbeddingRequest part, @Nullable Duration deadline, long start, Throwable tooLarge) {
        int half = part.inputs().size() / 2;
        if (half == 0) {
            return Mono.error(tooLarge);
        }
        List<String> inputs = part.inputs();
        return part(part.inputs(inputs.subList(0, half)), deadline, start)
                .flatMap(first -> part(part.inputs(inputs.subList(half, inputs.size())), deadline, start)
                        .map(second -> joined(List.of(first, second), start)));
    }

    private EmbeddingRequest within(EmbeddingRequest part, Duration deadline, long start) {
        // A deadline that has passed is still one: the call then fails with it, which says more than we could here.
        long left = Math.max(1, deadline.toNanos() - (now() - start));
        return part.overrides(part.overrides().deadline(Duration.ofNanos(left)));
    }

    private Embeddings joined(List<Embeddings> answers, long start) {
        List<Embedding> vectors = new ArrayList<>();
        for (Embeddings answer : answers) {
            vectors.addAll(answer.vectors());
        }
        Provenance provenance = sum(answers, Embeddings::provenance, Provenance::plus);
        return new Embeddings(
                answers.get(0).model(),
                vectors,
                sum(answers, Embeddings::usage, Usage::plus),
                provenance == null ? null : provenance.latency(Duration.ofNanos(now() - start)));
    }

    /** Null if any part is unknown. */
    private static <T> @Nullable T sum(
            List<Embeddings> answers, Function<Embeddings, @Nullable T> part, BinaryOperator<T> plus) {
        T sum = part.apply(answers.get(0));
        for (Embeddings answer : answers.subList(1, answers.size())) {
            T next = part.apply(answer);
            sum = sum == null || next == null ? null : plus.apply(sum, next);
        }
        return sum;
    }

    private static boolean tooLarge(Throwable error) {
        return error instanceof LlmException failure
                && (failure.category() == ErrorCategory.PAYLOAD_TOO_LARGE
                        || failure.category() == ErrorCategory.CONTEXT_LENGTH);
    }

    private static List<List<String>> parts(List<String> inputs, int size) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < inputs.size(); from += size) {
            parts.add(inputs.subList(from, Math.min(inputs.size(), from + size)));
        }
        return parts;
    }

    private long now() {
        return scheduler.now(TimeUnit.NANOSECONDS);
    }
}
