package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Collects the warnings about parts of a request that a protocol does not send, or sends as something else, for {@link
 * io.aicore.llm.chat.Provenance#warnings()}. A part without which the answer would mean something else is refused instead,
 * see {@link io.aicore.llm.codec.wire.NotOnTheWireException}. Metadata is only recorded, and an answer's own fields are not
 * sent to another protocol that continues the conversation: neither is a warning.
 */
public final class RequestWarnings {

    private final CompletionRequest request;
    private final List<String> warnings = new ArrayList<>();

    /**
     * Starts with the messages' extra fields that are not sent, and with a tool choice without tools.
     *
     * @param sent extra fields of messages that the protocol sends, whatever the role
     */
    public RequestWarnings(CompletionRequest request, Set<String> sent) {
        this(request, Map.of(), sent);
    }

    /**
     * Starts with the messages' extra fields that are not sent, and with a tool choice without tools.
     *
     * @param sentOf extra fields of messages that the protocol sends in messages of these roles alone
     * @param sent those that it sends whatever the role
     */
    public RequestWarnings(CompletionRequest request, Map<String, Set<Role>> sentOf, Set<String> sent) {
        this.request = request;
        warnings.addAll(MessageExtras.unsent(request, sentOf, sent));
        ToolOptions tools = request.tools();
        leftOut(tools.isForced() && tools.isEmpty(), "tool choice", "the request has no tools");
    }

    /** Adds a warning if an image has a detail, for protocols without such a field. */
    public RequestWarnings withoutImageDetail() {
        boolean detailed = contents()
                .anyMatch(part -> part.<Boolean>fold(text -> false, image -> image.detail() != null, file -> false));
        return leftOut(detailed, "image detail", "the protocol has no such field");
    }

    /** Adds a warning if a file has a name, for protocols without such a field. */
    public RequestWarnings withoutFileNames() {
        boolean named = contents()
                .anyMatch(part -> part.<Boolean>fold(text -> false, image -> false, file -> file.name() != null));
        return leftOut(named, "file name", "the protocol has no such field");
    }

    /** Adds a warning if a tool is strict, for protocols without such a field. */
    public RequestWarnings withoutStrictTools() {
        boolean strict = request.tools().tools().stream().anyMatch(Tool::strict);
        return leftOut(strict, "strict of a tool", "the protocol has no such field");
    }

    /** Adds a warning if the request has a seed, for protocols without such a field. */
    public RequestWarnings withoutSeed() {
        return leftOut(request.sampling().seed() != null, "seed", "the protocol has no such field");
    }

    /**
     * Adds a warning if the effort is sent as another one.
     *
     * @param said what is sent for the request's effort; null if it is sent as it is
     */
    public RequestWarnings effortSentAs(@Nullable String said) {
        ReasoningEffort effort = request.reasoningEffort();
        return effort == null || said == null || said.equals(effort.word())
                ? this
                : add("reasoning effort " + effort.word() + " sent as " + said + ": the model does not support it");
    }

    /**
     * Adds a warning if the token limit allows less thinking than the effort stands for.
     *
     * @param budget how many tokens it may think; null if the room suffices
     */
    public RequestWarnings effortLimitedTo(@Nullable Integer budget) {
        return budget == null
                ? this
                : add("reasoning effort sent as " + budget + " tokens: maxTokens "
                        + request.sampling().maxTokens() + " leaves no room for more");
    }

    /** Adds a warning that something of the request is not sent, if it is there. */
    public RequestWarnings leftOut(boolean there, String what, String why) {
        return there ? add(what + " left out: " + why) : this;
    }

    /** Adds this warning, if it holds. */
    public RequestWarnings note(boolean holds, String warning) {
        return holds ? add(warning) : this;
    }

    private RequestWarnings add(String warning) {
        warnings.add(warning);
        return this;
    }

    /** Returns the warnings in the order in which they were added. */
    public List<String> list() {
        return List.copyOf(warnings);
    }

    private Stream<Content> contents() {
        return request.messages().stream().map(Message::content).flatMap(List::stream);
    }
}
