package io.aicore.examples.explain;

import io.aicore.examples.explain.Expected.Answers;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
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
        JsonFields tree;
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
                headers(tree.at("headers")),
                text(tree, "body", ""),
                stream(text(tree, "phase", Arguments.RESPONSE)),
                now == null ? received : instant(now),
                tags(tree.at("tags")),
                expected(tree.at("expected")));
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

    private static String text(JsonFields tree, String name, String otherwise) {
        String text = optional(tree, name);
        return text == null ? otherwise : text;
    }

    private static @Nullable String optional(JsonFields tree, String name) {
        JsonFields node = tree.at(name);
        if (node.isAbsent()) {
            return null;
        }
        if (!node.isString()) {
            throw new IllegalArgumentException(name + ": no string");
        }
        return node.text();
    }

    private static int status(JsonFields tree) {
        Long status = tree.at("status").isNumber() ? tree.whole("status") : null;
        if (status == null || status < 100 || status > 999) {
            throw new IllegalArgumentException("status: " + tree.at("status").raw() + " (expected: 100 to 999)");
        }
        return status.intValue();
    }

    private static Map<String, String> headers(JsonFields node) {
        if (!node.isObject() && !node.isAbsent()) {
            throw new IllegalArgumentException("headers: no object");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        node.members().forEach((name, value) -> {
            String text = value.isArray() ? value.at(0).scalar() : value.scalar();
            if (text != null) {
                headers.put(name, text);
            }
        });
        return headers;
    }

    private static Set<String> tags(JsonFields node) {
        Set<String> tags = new TreeSet<>();
        node.elements().forEach(tag -> tags.add(String.valueOf(tag.scalar())));
        return tags;
    }

    private static @Nullable Expected expected(JsonFields node) {
        if (!node.isObject()) {
            return null;
        }
        return new Expected(
                answers(node, "category", CaseReader::category),
                answers(node, "retryable", CaseReader::yesOrNo),
                answers(node, "retry_after_ms", CaseReader::millis));
    }

    private static <T extends @Nullable Object> Answers<T> answers(
            JsonFields node, String name, Function<JsonFields, T> value) {
        Set<T> accepted = new LinkedHashSet<>();
        List<JsonFields> also = new ArrayList<>(node.at("also_ok").at(name).elements());
        also.forEach(each -> accepted.add(value.apply(each)));
        return new Answers<>(value.apply(node.at(name)), accepted);
    }

    private static String category(JsonFields node) {
        String category = node.scalar();
        if (category == null || !CATEGORIES.contains(category)) {
            throw new IllegalArgumentException(
                    "expected.category: " + category + " (expected: one of " + new TreeSet<>(CATEGORIES) + ")");
        }
        return category;
    }

    private static Boolean yesOrNo(JsonFields node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException("expected.retryable: no true or false");
        }
        return node.isTrue();
    }

    private static @Nullable Long millis(JsonFields node) {
        if (!node.isNumber() && !node.isAbsent()) {
            throw new IllegalArgumentException("expected.retry_after_ms: no number");
        }
        return node.whole();
    }
}
