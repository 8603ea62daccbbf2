package io.aicore.testkit;

import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.wire.WireEvent;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one provider writes and reads: all that the {@link ProviderTestKit} has to know of its protocol. */
public interface ProviderFixture {

    /** What it can do. What is not among these, the kit asserts to be refused. */
    Set<Capability> capabilities();

    /**
     * Settings that reach a server at this address as the real one: provider, key ({@link #key}), model ({@link #model}),
     * base URL, options. Nothing of retries, timeouts or circuits.
     */
    LlmConfigBuilder config(URI server);

    /** The provider of these settings: by default the one that is found by its name. */
    default LlmProvider provider(LlmConfig config) {
        return Llm.from(config);
    }

    /** The secret that only the provider may receive. */
    default String key() {
        return "sk-secret-0123456789";
    }

    /** The model asked for. */
    default String model() {
        return "model-1";
    }

    /** The path, query included, that a request goes to. */
    String path(boolean stream);

    /** The body of this answer as a whole. Written by hand, not by the code under test. */
    String plain(Reply reply);

    /**
     * The events of this answer as a stream, the protocol's last one included: each piece of text, reasoning or arguments in
     * an event of its own, whatever the protocol sends before and after it as well. Only the last event ends the stream.
     */
    List<WireEvent> stream(Reply reply);

    /** How many events follow the one with the finish reason: a body that ends well before them is a whole answer. */
    default int spareEvents() {
        return 0;
    }

    /** How the events are framed. */
    default Frames frames() {
        return Frames.events();
    }

    /** The protocol's words for why an answer ended: STOP, LENGTH, TOOL_CALLS and what else it has. */
    Map<FinishReason, String> finishReasons();

    /** The id that the answer must have: empty in a protocol that gives none. */
    default String id() {
        return Reply.ID;
    }

    /** The model that the answer must name: empty in a protocol that names none. */
    default String servedBy() {
        return Reply.MODEL;
    }

    /** The usage that this reply must have: less than it says where the protocol does not count all of it. */
    default Usage usage(Reply reply) {
        return reply.usage();
    }

    /** Whether a finished answer may have nothing in it, not even reasoning, as the protocol documents it. */
    default boolean mayAnswerNothing() {
        return false;
    }

    /** Whether answers show the model's reasoning; also where no effort can be asked for. */
    default boolean showsReasoning() {
        return capabilities().contains(Capability.REASONING);
    }

    /** Whether the provider gives its tool calls ids. */
    default boolean callsHaveIds() {
        return true;
    }

    /** What a tool's result refers to its call by. */
    default String reference(ToolCall call) {
        return call.id();
    }

    /** Members whose value is data, not protocol: nothing unknown is put into it. As {@code input} of a tool call. */
    default Set<String> opaqueMembers() {
        return Set.of();
    }

    /** An event of an unknown kind that the provider may send in the future: it must change nothing. */
    default WireEvent unknownEvent() {
        return new WireEvent("x_unknown", "{\"type\":\"x_unknown\",\"x_unknown\":{\"deep\":[1]}}");
    }

    /** Every form of error that the provider has, with a status of its own. Those with a delay ask for it. */
    List<ErrorForm> errors();

    /** Errors under a status that says success. At least one is retryable. */
    List<ErrorForm> errorsInsideSuccess();

    /** Errors as an event of a stream. At least one is retryable. */
    List<StreamError> errorsInStream();

    /** The refusal of a wrong key, with these words in it. */
    ErrorForm wrongKey(String words);

    /** Whether a think block before an answer is its reasoning, unless an option says otherwise. */
    default boolean thinkBlocks() {
        return true;
    }

    /** How to read its requests. */
    RequestReader requests();

    /** How it writes and reads embeddings; null if it has none. */
    default @Nullable EmbeddingFixture embeddings() {
        return null;
    }

    /** What happens to a request for what the provider lacks. */
    default Lacking lacking(Capability capability) {
        return Lacking.REFUSED;
    }

    /** How the provider handles a request that it cannot fulfil. */
    enum Lacking {
        /** An {@code InvalidRequestException}; nothing is sent. */
        REFUSED,
        /** The request is sent without it, as the factory's Javadoc says. */
        LEFT_OUT
    }
}
