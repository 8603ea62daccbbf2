package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects the content of an {@link ErrorBody} by field names, at any depth. One instance per body. */
final class ErrorBodyReader {

    private static final int MAX_BODY = 1024 * 1024;
    private static final int MAX_TEXT = 16 * 1024;
    private static final int MAX_NODES = 2_000;
    private static final int MAX_NESTED = 4;

    private static final Pattern MARKUP = Pattern.compile(
            "<(script|style)\\b.*?(</\\1\\s*>|$)|<[^>]{0,2000}>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("https?://\\S+");
    // Cut JSON, and what Python prints of a dict: 'code': '429'.
    private static final Pattern LOOSE_FIELD = Pattern.compile(
            "[\"'](code|type|status|reason|message|msg|detail|quotaId|retryDelay|error_type)[\"']\\s*:\\s*"
                    + "(?:\"((?:[^\"\\\\]++|\\\\.){0,200})\"?|'((?:[^'\\\\]++|\\\\.){0,200})'?|(\\d{3}))");

    private static final Pattern PLAIN_KEY = Pattern.compile("[\\w-]{1,40}");
    private static final Pattern DOTTED = Pattern.compile("[A-Za-z]{3,60}(?:\\.[A-Za-z]{3,60}){1,3}");
    private static final Pattern NAME = Pattern.compile("[A-Z_]{1,60}");
    // S3-like errors of AWS and others: <Error><Code>SlowDown</Code>.
    private static final Pattern XML_CODE = Pattern.compile("<(Code|Type|Status|code|type|status)>([\\w.]{1,80})</");
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d(?:\\.0{1,20})?");

    private final List<JsonFields> trees = new ArrayList<>();
    private final Set<ErrorCode> codes = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String firstMessage;
    private @Nullable ErrorCode status;
    private @Nullable Boolean retryable;
    private int nodes;

    void read(String body) {
        String bounded = body.length() > MAX_BODY ? body.substring(0, MAX_BODY) : body;
        String content = unframed(bounded.strip());
        if (content.startsWith("<")) {
            Matcher xml = XML_CODE.matcher(content.substring(0, Math.min(content.length(), MAX_TEXT)));
            while (xml.find()) {
                code(xml.group(1), xml.group(2));
            }
            message(MARKUP.matcher(content).replaceAll(" "), 0);
        } else {
            message(content, 0);
        }
    }

    ErrorBody errorBody() {
        JsonFields primary = trees.isEmpty() ? null : primary(trees.get(0));
        String shown = primary == null ? null : shownMessage(primary);
        return new ErrorBody(
                List.copyOf(trees),
                List.copyOf(codes),
                text.toString(),
                SafeText.code(primary == null ? null : shownCode(primary)),
                SafeText.message(shown != null ? shown : firstMessage),
                status,
                retryable);
    }

    /** Some gateways use the framing of a stream under any status: only the data counts. */
    private static String unframed(String body) {
        if (!body.startsWith("data:") && !body.startsWith("event:")) {
            return body;
        }
        StringBuilder data = new StringBuilder();
        for (String line : body.split("\\R", -1)) {
            if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip()).append('\n');
            }
        }
        return data.toString().strip();
    }

    /** A message for people, which may contain JSON: as a whole, or after some text. */
    private void message(String message, int nested) {
        if (message.startsWith("\"") && nested < MAX_NESTED && string(message, nested)) {
            return;
        }
        int start = jsonStart(message);
        if (start < 0 || nested >= MAX_NESTED) {
            words(message);
            return;
        }
        if (start > 0) {
            words(message.substring(0, start));
        }
        String json = message.substring(start);
        try {
            JsonFields tree = Json.read(json);
            trees.add(tree);
            visit("", tree, nested + 1);
        } catch (MalformedJsonException cutOrNoJson) {
            loose(json);
        }
    }

    /** Some hosts send JSON in a JSON string: reads it and returns true if this is one. */
    private boolean string(String message, int nested) {
        try {
            JsonFields tree = Json.read(message);
            if (!tree.isString()) {
                return false;
            }
            message(tree.text(), nested + 1);
            return true;
        } catch (MalformedJsonException cutOrNoJson) {
            return false;
        }
    }

    private static int jsonStart(String message) {
        int brace = message.indexOf('{');
        int bracket = message.indexOf("[{");
        return message.startsWith("[") ? 0 : bracket >= 0 && bracket < brace ? bracket : brace;
    }

    private void loose(String found) {
        String text = RepeatedFields.removed(found);
        Matcher field = LOOSE_FIELD.matcher(text);
        while (field.find()) {
            String value =
                    field.group(2) != null ? field.group(2) : field.group(3) != null ? field.group(3) : field.group(4);
            String name = ErrorBody.word(field.group(1));
            if (FieldNames.CODES.contains(name)) {
                code(field.group(1), value);
            } else if (FieldNames.MESSAGES.contains(name) && firstMessage == null) {
                firstMessage = value;
            }
        }
        words(text);
    }

    private void visit(String key, JsonFields node, int nested) {
        if (++nodes > MAX_NODES) {
            return;
        }
        if (node.isObject()) {
            node.members().forEach((name, value) -> {
                String word = ErrorBody.word(name);
                if (!FieldNames.SKIPPED.contains(word)) {
                    visit(name, value, nested);
                } else if (word.equals("choices")) {
                    value.elements().forEach(this::ending);
                }
            });
        } else if (node.isArray()) {
            node.elements().forEach(element -> visit(key, element, nested));
        } else {
            scalar(key, node, nested);
        }
    }

    private void scalar(String key, JsonFields node, int nested) {
        String name = ErrorBody.word(key);
        String value = node.scalar();
        if (value == null || value.isBlank()) {
            return;
        }
        if (name.equals("retryable") && node.isBoolean()) {
            retryable = node.isTrue();
        }
        if (FieldNames.CODES.contains(name)
                || FieldNames.STATUSES.contains(name)
                || FieldNames.ENDINGS.contains(name)) {
            code(key, value);
        }
        if (node.isString() && (FieldNames.MESSAGES.contains(name) || name.isEmpty())) {
            if (firstMessage == null) {
                firstMessage = value;
            }
            message(value, nested);
        }
    }

    /** Of a choice only its finish reason and its own error are read: the rest is the answer. */
    private void ending(JsonFields choice) {
        for (String name : List.of("finish_reason", "error")) {
            visit(name, choice.at(name), 0);
        }
    }

    private void code(String key, String value) {
        String name = ErrorBody.word(key);
        // Its letters and digits are a name we know; what else may stand in it is not shown.
        String field = PLAIN_KEY.matcher(key).matches() ? key : name;
        // AWS: "com.amazon.coral.availability#ThrottlingException" as __type.
        String code = value.substring(value.lastIndexOf('#') + 1);
        codes.add(ErrorCode.of(field, code));
        if (DOTTED.matcher(code).matches()) {
            // Alibaba, Volcengine, Tencent: the kind first or last, as in Throttling.RateQuota or
            // InternalError.Timeout.
            for (String part : code.split("\\.", -1)) {
                codes.add(ErrorCode.of(field, part));
            }
        }
        if (name.equals("blockreason")) {
            // Gemini's promptFeedback: whatever the reason, OTHER too, the prompt was blocked.
            codes.add(new ErrorCode("contentblocked", field, NAME.matcher(code).matches() ? code : "contentblocked"));
        }
        if (value.indexOf(' ') > 0) {
            // xAI's codes are sentences.
            words(value);
        }
        if (status == null
                && FieldNames.STATUSES.contains(name)
                && STATUS.matcher(value).matches()) {
            status = new ErrorCode(value.substring(0, 3), field, value);
        }
    }

    private void words(String words) {
        int room = MAX_TEXT - text.length();
        if (room <= 0) {
            return;
        }
        if (firstMessage == null) {
            firstMessage = words;
        }
        String plain = LINK.matcher(words.substring(0, Math.min(words.length(), room)))
                .replaceAll(" ")
                .toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("\\s+", " ")
                .strip();
        text.append(text.isEmpty() || plain.isEmpty() ? "" : "\n").append(plain);
    }

    /** The object that holds the error itself. */
    private static JsonFields primary(JsonFields tree) {
        JsonFields node = tree.isArray() ? tree.at(0) : tree;
        node = node.at("response").at("error").isObject() ? node.at("response") : node;
        return node.at("error").isObject() ? node.at("error") : node;
    }

    private static @Nullable String shownMessage(JsonFields primary) {
        for (String name : List.of("message", "error", "detail", "title")) {
            String message = primary.string(name);
            if (message != null && !message.isBlank()) {
                return message;
            }
        }
        return null;
    }

    private static @Nullable String shownCode(JsonFields primary) {
        for (String name : List.of("code", "type", "status", "error_type")) {
            String code = primary.scalar(name);
            if (code != null && !code.isBlank()) {
                return code;
            }
        }
        return null;
    }
}
