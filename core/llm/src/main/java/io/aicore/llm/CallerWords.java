package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.embedding.EmbeddingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a request that the caller wrote: messages, tool results and arguments, descriptions, stop sequences,
 * metadata and every string of an extra field. Collected only to redact a failure.
 */
final class CallerWords {

    // Such as "priority" or "json_object": a setting of the provider, which its messages must be able to name.
    private static final Pattern SETTING = Pattern.compile("[a-z_]{1,15}");

    private final List<String> texts = new ArrayList<>();

    private CallerWords() {}

    static List<String> of(EmbeddingRequest request) {
        CallerWords words = new CallerWords();
        words.texts.addAll(request.inputs());
        words.settings(request.extra());
        return words.texts;
    }

    static List<String> of(CompletionRequest request) {
        CallerWords words = new CallerWords();
        request.messages().forEach(words::message);
        for (Tool tool : request.tools().tools()) {
            words.add(tool.description());
        }
        words.texts.addAll(request.sampling().stop());
        words.texts.addAll(request.metadata().values());
        words.settings(request.extra());
        return words.texts;
    }

    private void message(Message message) {
        texts.add(message.text());
        add(message.reasoning());
        for (ToolCall call : message.toolCalls()) {
            texts.add(call.arguments());
        }
        settings(message.extra());
    }

    private void settings(Map<String, Object> extra) {
        Deque<Object> open = new ArrayDeque<>(extra.values());
        while (!open.isEmpty()) {
            Object value = open.pop();
            if (value instanceof Map<?, ?> map) {
                map.values().forEach(inner -> push(open, inner));
            } else if (value instanceof Iterable<?> list) {
                list.forEach(inner -> push(open, inner));
            } else if (value instanceof String text && !SETTING.matcher(text).matches()) {
                texts.add(text);
            }
        }
    }

    private static void push(Deque<Object> open, @Nullable Object value) {
        if (value != null) {
            open.push(value);
        }
    }

    private void add(@Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }
}
