/**
 * The SPI of wire protocols: encoding of requests, decoding of responses and streams, classification of failures. Pure
 * functions of values, without I/O, retry and threads, so that a protocol can be tested with tables.
 *
 * <h2>Write a provider</h2>
 *
 * <p>How much code a provider needs depends on what its host speaks:
 *
 * <ul>
 *   <li>Chat completions, as most hosts do: no code. The provider {@code openai-compatible} takes any address; a row in
 *       {@code io.aicore.openai.Hosts} gives the host a name.
 *   <li>A dialect of chat completions: {@link io.aicore.llm.codec.completions.ChatCompletions} with a {@link
 *       io.aicore.llm.codec.completions.ChatDialect} that overrides what differs. Mistral is one.
 *   <li>Another JSON protocol over HTTP: the steps below. Cohere and Ollama are examples.
 *   <li>Anything else over HTTP: a {@link io.aicore.llm.codec.ChatCodec}, and a {@link
 *       io.aicore.llm.codec.wire.StreamFormat} if its streams are binary.
 * </ul>
 *
 * <ol>
 *   <li><b>Requests.</b> Extend {@link io.aicore.llm.codec.JsonChatCodec}. {@code body} returns the request as maps and
 *       lists, with its fields always in the same order, so that a retried request has the same bytes. {@link
 *       io.aicore.llm.codec.ChatJson} has the common parts. Throw {@link
 *       io.aicore.llm.codec.wire.NotOnTheWireException} for what the protocol cannot express: the call fails and nothing
 *       is sent. Return a warning for what is sent differently than requested.
 *   <li><b>Answers.</b> {@code read} starts with {@link
 *       io.aicore.llm.codec.JsonAnswer#tree(java.util.function.Predicate)}, which throws for invalid JSON and for an error
 *       under a successful status. It ends with {@link io.aicore.llm.codec.JsonAnswer#answered}, which throws for an answer
 *       without content, unless its finish reason {@linkplain io.aicore.llm.chat.FinishReason#allowsEmpty allows} that.
 *   <li><b>Streams.</b> {@code reader} returns a {@link io.aicore.llm.codec.JsonStreamDecoder}. {@code isError} recognizes the
 *       protocol's errors; {@code next} turns an event into chunks with {@code emit}, and the last event with {@code last};
 *       {@code missing} describes what an incomplete stream lacks. Ids, finish reason and usage go into its {@link
 *       io.aicore.llm.codec.StreamMetadata}.
 *   <li><b>Memory</b>, once the rest works: {@code frequent} reads the event that a stream is full of from its bytes, by a
 *       {@link io.aicore.llm.codec.json.JsonShape}, and {@link io.aicore.llm.codec.JsonAnswer#fits} a whole answer. What does
 *       not fit the shape is read as before. {@code TwoReadings} of {@code aicore-testkit} asserts that both readings agree.
 *   <li><b>Failures.</b> {@link io.aicore.llm.codec.failure.ErrorClassifier} knows the error codes and messages of all known
 *       hosts. Add a code, a phrase or a status only if it means something else in this protocol.
 *   <li><b>Embeddings</b>, if the host has them: {@link io.aicore.llm.codec.completions.CommonEmbeddings}, or {@link
 *       io.aicore.llm.codec.JsonEmbeddingCodec} with {@link io.aicore.llm.codec.VectorReader}.
 *   <li><b>Factory.</b> An {@code LlmProviderFactory}, registered under {@code META-INF/services}. {@code ProviderHost}
 *       resolves the address, the key and the options; {@code WireProvider.create} makes the provider. Retries, circuit
 *       breaker, timeouts, deadline and events come with it.
 *   <li><b>Test kit.</b> Write a {@code ProviderFixture} of {@code aicore-testkit}: what the server sends, in strings of its
 *       own. Extend {@code ProviderTestKit} and return it. For a capability that the fixture does not list, the kit asserts
 *       that the request is rejected.
 * </ol>
 *
 * <p>{@code examples/custom-provider} contains a protocol written in these steps, and its test kit.
 */
@NullMarked
package io.aicore.llm.codec;

import org.jspecify.annotations.NullMarked;
