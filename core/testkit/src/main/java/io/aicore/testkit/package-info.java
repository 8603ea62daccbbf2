/**
 * The tests that every provider passes, and what a provider's author writes to run them. For tests of
 * programs that call a provider there is {@link io.aicore.testkit.ScriptedProvider}.
 *
 * <ol>
 *   <li>Write a {@link io.aicore.testkit.ProviderFixture}: a class in the module's tests that writes a
 *       {@link io.aicore.testkit.Reply} as the provider would, as a whole and as the events of a stream, with strings
 *       of its own (not with the code under test); lists the provider's errors; and reads back a request. A host of chat
 *       completions extends {@link io.aicore.testkit.ChatCompletionsFixture} and overrides what it does otherwise.
 *   <li>Extend {@link io.aicore.testkit.ProviderTestKit} and return it:
 *
 * <pre>{@code
 *       class MistralKitTest extends ProviderTestKit {
 *           public ProviderFixture fixture() {
 *               return new MistralFixture();
 *           }
 *       }
 *       }</pre>
 *
 *   <li>Where a README has a table of providers, after {@code <!-- table: providers -->}, implement
 *       {@link io.aicore.testkit.ReadmeClaims} too, and add the row: {@code yes} for each
 *       {@link io.aicore.testkit.Capability} that the fixture lists, {@code –} for each other.
 *   <li>With {@code mockwebserver3} in test scope extend {@link io.aicore.testkit.MockWebServerTest} as well, and with
 *       {@code archunit-junit5} let an {@code ArchitectureTest} ask {@link io.aicore.testkit.ProviderArchitecture}.
 * </ol>
 *
 * <p>A stream that is no event stream overrides {@link io.aicore.testkit.ProviderFixture#frames()}:
 * {@link io.aicore.testkit.Frames#jsonLines}, or a {@link io.aicore.testkit.Frames} of your own for a binary framing.
 * The events themselves stay {@code WireEvent}s with JSON: the kit puts unknown members into them, cuts the framed
 * bytes anywhere and delivers them byte by byte. What carries data of others (a tool call's {@code input}) is named in
 * {@link io.aicore.testkit.ProviderFixture#opaqueMembers()}.
 *
 * <p>A provider with embeddings returns an {@link io.aicore.testkit.EmbeddingFixture} as well.
 *
 * <p>What only one protocol has (pings, citations, signatures) stays in the module's own tests.
 */
@NullMarked
package io.aicore.testkit;

import org.jspecify.annotations.NullMarked;
