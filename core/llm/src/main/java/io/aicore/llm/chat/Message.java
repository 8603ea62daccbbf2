package io.aicore.llm.chat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * @param toolCalls the calls requested by an assistant; empty for every other role
 * @param toolCallId the call that a {@link Role#TOOL} message answers; null for every other role
 * @param reasoning the reasoning text of an assistant message, for providers that need it back
 * @param extra other fields that a provider needs back with an assistant message (signatures), by its own field names
 */
public record Message(
        Role role,
        List<Content> content,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId,
        @Nullable String reasoning,
        Map<String, Object> extra) {

    public Message {
        content = List.copyOf(content);
        toolCalls = List.copyOf(toolCalls);
        extra = Map.copyOf(extra);
        if (role == Role.TOOL && toolCallId == null) {
            throw new IllegalArgumentException("toolCallId: null (expected: the id of the call that is answered)");
        }
    }

    /** A system message with instructions. */
    public static Message system(String text) {
        return of(Role.SYSTEM, Content.text(text));
    }

    /** A user message. */
    public static Message user(String text) {
        return of(Role.USER, Content.text(text));
    }

    /** A user message of text, images and files. */
    public static Message user(Content... content) {
        return of(Role.USER, content);
    }

    /** An earlier answer of the model. */
    public static Message assistant(String text) {
        return of(Role.ASSISTANT, Content.text(text));
    }

    /** An earlier answer of the model that only requests these calls. */
    public static Message calls(ToolCall... calls) {
        return of(Role.ASSISTANT).toolCalls(List.of(calls));
    }

    /** The result of the tool call with this id. */
    public static Message tool(String toolCallId, String result) {
        return tool(toolCallId, Content.text(result));
    }

    /** The result of the tool call with this id, in parts. */
    public static Message tool(String toolCallId, Content... result) {
        return new Message(Role.TOOL, List.of(result), List.of(), toolCallId, null, Map.of());
    }

    private static Message of(Role role, Content... content) {
        return new Message(role, List.of(content), List.of(), null, null, Map.of());
    }

    /** Returns a copy with these tool calls. */
    public Message toolCalls(List<ToolCall> toolCalls) {
        return new Message(role, content, toolCalls, toolCallId, reasoning, extra);
    }

    /** Returns a copy with this reasoning text. */
    public Message reasoning(@Nullable String reasoning) {
        return new Message(role, content, toolCalls, toolCallId, reasoning, extra);
    }

    /** Returns a copy with these other fields. */
    public Message extra(Map<String, Object> extra) {
        return new Message(role, content, toolCalls, toolCallId, reasoning, extra);
    }

    /** All text parts, joined; images and files are omitted. */
    public String text() {
        return content.stream()
                .map(part -> part.fold(Content.Text::text, image -> "", file -> ""))
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return "Message[" + role + ", " + content.size() + " parts, " + toolCalls.size() + " tool calls]";
    }
}
