/**
 * Retry as a Reactor operator, for any {@code Mono} or {@code Flux}. Needs {@code reactor-core} only.
 *
 * <pre>{@code
 * RetryOnFailure retry = RetryOnFailure.of(RetrySettings.defaults().maxRetries(5).deadline(Duration.ofSeconds(30)))
 *         .retryOn(IOException.class, TimeoutException.class)
 *         .giveUpOn(FileNotFoundException.class)
 *         .listener(event -> log.info("{}", event));
 *
 * Mono<String> page = retry.protect(fetch(uri))      // or fetch(uri).retryWhen(retry)
 *         .doOnError(error -> RetryHistory.of(error)
 *                 .ifPresent(history -> log.warn("{}", history)));
 * }</pre>
 *
 * <p>What happens on a failure, in order:
 *
 * <ol>
 *   <li>A {@link io.aicore.retry.FailureClassifier} classifies the error as a {@link io.aicore.retry.Failure}.
 *       {@code retryOn} narrows, {@code giveUpOn} overrides.
 *   <li>A pure function of the {@link io.aicore.retry.Attempt}, the failure and the
 *       {@link io.aicore.retry.RetrySettings} makes a {@link io.aicore.retry.RetryDecision}. The wait is the
 *       {@link io.aicore.retry.Backoff} with {@link io.aicore.retry.Jitter}, or the delay the server requested if that
 *       is longer. If the wait would pass the deadline, the call ends before it.
 *   <li>{@link io.aicore.retry.RetryOnFailure} waits, checks the circuit, and subscribes again with the next attempt in
 *       the Reactor Context; or the caller gets the last failure, with its {@link io.aicore.retry.RetryHistory} and a
 *       {@link io.aicore.retry.GiveUpReason}.
 *   <li>A {@link io.aicore.retry.RetryListener} receives each step as a {@link io.aicore.retry.RetryEvent}.
 * </ol>
 *
 * <p>Clock and timer are one injected scheduler, randomness is an injected supplier: on virtual time everything is
 * deterministic.
 */
@NullMarked
package io.aicore.retry;

import org.jspecify.annotations.NullMarked;
