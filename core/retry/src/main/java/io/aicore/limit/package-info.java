/**
 * Admission control: decides whether an attempt may be made now. Works with any Mono or Flux, without retry and without
 * LLMs.
 *
 * <ul>
 *   <li>{@link io.aicore.limit.CircuitBreaker} stops calls to a provider that is down or hangs, and probes for its
 *       recovery; {@link io.aicore.limit.CircuitSettings} configures it, {@link io.aicore.limit.CircuitBreakers} keeps
 *       one per key.
 *   <li>{@link io.aicore.limit.Admission} makes the refusal of one call every call's knowledge: a gate per key that closes for
 *       as long as the server asked and opens at a pace, a limit of attempts in flight, and a queue in front of both and of
 *       the circuit. {@link io.aicore.limit.AdmissionLane} is the way in, {@link io.aicore.limit.AdmissionPermit} the one
 *       permission of an attempt, {@link io.aicore.limit.AdmissionSettings} says how long calls wait.
 *   <li>{@link io.aicore.limit.RetryBudget} limits the share of retries in the load.
 *   <li>{@link io.aicore.limit.Permit} is the permission for one attempt, completed by one
 *       {@link io.aicore.limit.Outcome}.
 *   <li>{@link io.aicore.limit.CredentialLatch} stops calls with a key that the provider keeps rejecting.
 * </ul>
 *
 * <p>Internals: {@code Circuit} holds the current {@code Epoch} ({@code ClosedEpoch}, {@code OpenEpoch},
 * {@code HalfOpenEpoch}) and moves from one to the next by a CAS. A closed epoch counts in a {@code Window} and detects
 * hanging calls with {@code PendingCalls}; {@code FirstByteTimes} estimates the usual time to first byte.
 * {@code ProtectedSubscriber} ties a permit to a subscription; it asks an {@code Entry}, which answers now or later.
 * {@code Gate} is what calls with one key know ({@code PacedRate}, {@code QuotaPacer}, {@code Traffic}); {@code Waiter} is an
 * attempt in the queue of its {@code AdmissionLane}.
 */
@NullMarked
package io.aicore.limit;

import org.jspecify.annotations.NullMarked;
