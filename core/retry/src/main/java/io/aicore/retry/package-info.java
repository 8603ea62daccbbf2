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
 *   <li>A {@link io.aicore.retry.FailureClassifier} says what the error means: a {@link io.aicore.retry.Failure}.
 *       {@code retryOn} narrows, {@code giveUpOn} wins.
 *   <li>A pure function of the {@link io.aicore.retry.Attempt}, the failure and the {@link io.aicore.retry.RetrySettings}
 *       makes a {@link io.aicore.retry.RetryDecision}. The wait is the {@link io.aicore.retry.Backoff} with
 *       {@link io.aicore.retry.Jitter}, or what the server asked for if that is longer; if it would pass the deadline the
 *       call ends before the wait.
 *   <li>{@link io.aicore.retry.RetryOnFailure} waits, looks at the circuit, and subscribes again with the next attempt in
 *       the Reactor Context; or the caller gets the last failure, with its {@link io.aicore.retry.RetryHistory} and a
 *       {@link io.aicore.retry.GiveUpReason}.
 *   <li>A {@link io.aicore.retry.RetryListener} hears of each step as a {@link io.aicore.retry.RetryEvent}.
 * </ol>
 *
 * <p>Clock and timer are one injected scheduler, chance is an injected supplier: on virtual time everything here is
 * deterministic.
 */
@NullMarked
package io.aicore.retry;

import org.jspecify.annotations.NullMarked;
