/**
 * The tests that every provider passes, and what a provider's author writes to run them.
 *
 * <ol>
 *   <li>Write a {@link io.aicore.llm.testing.kit.ProviderFixture}: a class in the module's tests that writes a {@link
 *       io.aicore.llm.testing.kit.Reply} as the provider would, as a whole and as the events of a stream, with strings of its
 *       own (not with the code under test); lists the provider's errors; and reads back a request.
 *   <li>Extend {@link io.aicore.llm.testing.kit.ProviderKit} and return it:
 *       <pre>{@code
 *       class MistralKitTest extends ProviderKit {
 *           public ProviderFixture fixture() {
 *               return new MistralFixture();
 *           }
 *       }
 *       }</pre>
 *   <li>Add the row to the README's table of providers, after {@code <!-- table: providers -->}: {@code yes} for each {@link
 *       io.aicore.llm.testing.kit.Capability} that the fixture lists, {@code –} for each other.
 *   <li>Give the module an {@code ArchitectureTest} with {@link io.aicore.llm.testing.kit.ProviderArchitecture}.
 * </ol>
 *
 * <p>A stream that is no event stream overrides {@link io.aicore.llm.testing.kit.ProviderFixture#frames()}: {@link
 * io.aicore.llm.testing.kit.Frames#jsonLines}, or a {@link io.aicore.llm.testing.kit.Frames} of one's own for a binary
 * framing. The events themselves stay {@code WireEvent}s with JSON: the kit puts unknown members into them, cuts the framed
 * bytes anywhere and delivers them byte by byte. What carries data of others (a tool call's {@code input}) is named in {@link
 * io.aicore.llm.testing.kit.ProviderFixture#opaqueMembers()}.
 *
 * <p>A provider with embeddings returns an {@link io.aicore.llm.testing.kit.EmbeddingFixture} as well.
 *
 * <p>What only one protocol has (pings, citations, signatures) stays in the module's own tests.
 */
package io.aicore.llm.testing.kit;
