package io.aicore.examples.explain;

import io.aicore.examples.explain.Expected.Answers;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.error.ErrorCategory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads cases, one JSON object a line. Fields it does not know are ignored. */
final class CaseReader {

    private static final Set<String> CATEGORIES =
            Arrays.stream(ErrorCategory.values()).map(ErrorCategory::word).collect(Collectors.toSet());

    private final Instant received;

    /**
     * @param received when cases came that do not say it
     */
    CaseReader(Instant received) {
        this.received = received;
    }

    /**
     * The case in this line.
     *
     * @throws IllegalArgumentException saying which field is wrong
     */
    Case read(String line, int number) {
        JsonNode tree;
        try {
            tree = Json.read(line);
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!tree.isObject()) {
            throw new IllegalArgumentException("no JSON object");
        }
        String now = optional(tree, "now");
        return new Case(
                text(tree, "id", "line " + number),
                text(tree, "provider", Arguments.DEFAULT_PROVIDER),
                status(tree),
                headers(tree.path("headers")),
                text(tree, "body", ""),
                stream(text(tree, "phase", Arguments.RESPONSE)),
                now == null ? received : instant(now),
                tags(tree.path("tags")),
                expected(tree.path("expected")));
    }

    static boolean stream(String phase) {
        if (!phase.equals(Arguments.RESPONSE) && !phase.equals(Arguments.STREAM)) {
            throw new IllegalArgumentException("phase: '" + phase + "' (expected: response or stream)");
        }
        return phase.equals(Arguments.STREAM);
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("now: '" + text + "' (expected: an instant as 2026-01-31T12:00:00Z)", e);
        }
    }

    private static String text(JsonNode tree, String name, String otherwise) {
        String text = optional(tree, name);
        return text == null ? otherwise : text;
    }

    private static @Nullable String optional(JsonNode tree, String name) {
        JsonNode node = tree.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw new IllegalArgumentException(name + ": no string");
        }
        return node.stringValue();
    }

    private static int status(JsonNode tree) {
        Long status = tree.path("status").isNumber() ? Json.whole(tree, "status") : null;
        if (status == null || status < 100 || status > 999) {
            throw new IllegalArgumentException(
                    "status: " + Json.write(tree.path("status")) + " (expected: 100 to 999)");
        }
        return status.intValue();
    }

    private static Map<String, String> headers(JsonNode node) {
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            throw new IllegalArgumentException("headers: no object");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue().isArray() ? entry.getValue().path(0) : entry.getValue();
            String text = Json.scalar(value);
            if (text != null) {
                headers.put(entry.getKey(), text);
            }
        });
        return headers;
    }

    private static Set<String> tags(JsonNode node) {
        Set<String> tags = new TreeSet<>();
        node.values().forEach(tag -> tags.add(String.valueOf(Json.scalar(tag))));
        return tags;
    }

    private static @Nullable Expected expected(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        return new Expected(
                answers(node, "category", CaseReader::category),
                answers(node, "retryable", CaseReader::yesOrNo),
                answers(node, "retry_after_ms", CaseReader::millis));
    }

    private static <T extends @Nullable Object> Answers<T> answers(
            JsonNode node, String name, Function<JsonNode, T> value) {
        Set<T> accepted = new LinkedHashSet<>();
        List<JsonNode> also = new ArrayList<>(node.path("also_ok").path(name).values());
        also.forEach(each -> accepted.add(value.apply(each)));
        return new Answers<>(value.apply(node.path(name)), accepted);
    }

    private static String category(JsonNode node) {
        String category = Json.scalar(node);
        if (category == null || !CATEGORIES.contains(category)) {
            throw new IllegalArgumentException(
                    "expected.category: " + category + " (expected: one of " + new TreeSet<>(CATEGORIES) + ")");
        }
        return category;
    }

    private static Boolean yesOrNo(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException("expected.retryable: no true or false");
        }
        return node.booleanValue();
    }

    private static @Nullable Long millis(JsonNode node) {
        if (!node.isNumber() && !node.isNull() && !node.isMissingNode()) {
            throw new IllegalArgumentException("expected.retry_after_ms: no number");
        }
        return Json.whole(node);
    }
}
