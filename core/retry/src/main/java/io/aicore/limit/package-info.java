/**
 * Admission control: whether an attempt may be made now. Knows nothing of retry, nor of LLMs; any Mono or Flux will do.
 *
 * <ul>
 *   <li>{@link io.aicore.limit.CircuitBreaker} stops sending to a provider that is down or hangs, and probes its return;
 *       {@link io.aicore.limit.CircuitSettings} says when, {@link io.aicore.limit.CircuitBreakers} keeps one per key.
 *   <li>{@link io.aicore.limit.Permit} is leave for one attempt, ended by one {@link io.aicore.limit.Outcome}.
 *   <li>{@link io.aicore.limit.CredentialLatch} stops sending with a key that the provider keeps rejecting.
 * </ul>
 *
 * <p>Inside: {@code Circuit} holds the present {@code Epoch} ({@code ClosedEpoch}, {@code OpenEpoch}, {@code
 * HalfOpenEpoch}) and moves from one to the next by a CAS. A closed epoch counts in a {@code Window} and sees hanging
 * calls through {@code PendingCalls}; {@code FirstByteTimes} estimates how long an answer normally takes. {@code
 * ProtectedSubscriber} ties a permit to a subscription.
 */
@NullMarked
package io.aicore.limit;

import org.jspecify.annotations.NullMarked;
