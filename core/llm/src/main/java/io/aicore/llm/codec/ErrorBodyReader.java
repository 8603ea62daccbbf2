package io.aicore.llm.codec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Collects what an {@link ErrorBody} holds, by the names of fields, wherever they stand. One use each. */
final class ErrorBodyReader {

    private static final int MAX_BODY = 1024 * 1024;
    private static final int MAX_TEXT = 16 * 1024;
    private static final int MAX_NODES = 2_000;
    private static final int MAX_NESTED = 4;

    // Field names in letters and digits only, see ErrorBody.word.
    private static final Set<String> MESSAGES = Set.of(
            "message",
            "msg",
            "detail",
            "details",
            "title",
            "error",
            "errormessage",
            "errormsg",
            "errordescription",
            "description",
            "raw",
            "faultstring",
            "statusmsg",
            "remedyhint");
    private static final Set<String> CODES = Set.of(
            "code",
            "type",
            "errortype",
            "errorcode",
            "errorname",
            "status",
            "reason",
            "name",
            "quotaid",
            "quotametric",
            "providercode",
            "exceptiontype",
            "limitsource",
            "blockreason",
            "statuscode");
    private static final Set<String> STATUSES = Set.of(
            "code",
            "status",
            "statuscode",
            "httpstatuscode",
            "httpstatus",
            "rawstatuscode",
            "errorcode",
            "originalstatuscode");
    // Why an answer ended: chat completions, Anthropic, Gemini. Under a success it may be all that tells of a failure.
    private static final Set<String> ENDINGS = Set.of("finishreason", "stopreason");
    // What repeats the request, the answer, or other failures.
    private static final Set<String> SKIPPED = Set.of(
            "input",
            "flaggedinput",
            "failedgeneration",
            "param",
            "messages",
            "choices",
            "usage",
            "previouserrors",
            "output",
            "help",
            "links",
            "traceback",
            "stack",
            "whatyoushoulddo");

    private static final Pattern MARKUP = Pattern.compile(
            "<(script|style)\\b.*?(</\\1\\s*>|$)|<[^>]{0,2000}>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern LINK = Pattern.compile("https?://\\S+");
    // Cut JSON, and what Python prints of a dict: 'code': '429'.
    private static final Pattern LOOSE_FIELD = Pattern.compile(
            "[\"'](code|type|status|reason|message|msg|detail|quotaId|retryDelay|error_type)[\"']\\s*:\\s*"
                    + "(?:\"((?:[^\"\\\\]++|\\\\.){0,200})\"?|'((?:[^'\\\\]++|\\\\.){0,200})'?|(\\d{3}))");

    private final List<JsonNode> trees = new ArrayList<>();
    private final Set<String> codes = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String firstMessage;
    private @Nullable Integer status;
    private @Nullable Boolean retryable;
    private int nodes;

    void read(String body) {
        String bounded = body.length() > MAX_BODY ? body.substring(0, MAX_BODY) : body;
        String content = unframed(bounded.strip());
        if (content.startsWith("<")) {
            message(MARKUP.matcher(content).replaceAll(" "), 0);
        } else {
            message(content, 0);
        }
    }

    ErrorBody errorBody() {
        JsonNode primary = trees.isEmpty() ? null : primary(trees.get(0));
        String shown = primary == null ? null : shownMessage(primary);
        return new ErrorBody(
                List.copyOf(trees),
                Set.copyOf(codes),
                text.toString(),
                SafeText.code(primary == null ? null : shownCode(primary)),
                SafeText.message(shown != null ? shown : firstMessage),
                status,
                retryable);
    }

    /** Gateways answer with the framing of a stream under any status: what counts is the data in it. */
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

    /** A text for people, which may have JSON in it: as a whole, or after some words. */
    private void message(String message, int nested) {
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
            JsonNode tree = Json.read(json);
            trees.add(tree);
            visit("", tree, nested + 1);
        } catch (MalformedJsonException cutOrNoJson) {
            loose(json);
        }
    }

    private static int jsonStart(String message) {
        int brace = message.indexOf('{');
        int bracket = message.indexOf("[{");
        return message.startsWith("[") ? 0 : bracket >= 0 && bracket < brace ? bracket : brace;
    }

    private void loose(String text) {
        Matcher field = LOOSE_FIELD.matcher(text);
        while (field.find()) {
            String value =
                    field.group(2) != null ? field.group(2) : field.group(3) != null ? field.group(3) : field.group(4);
            String name = ErrorBody.word(field.group(1));
            if (CODES.contains(name)) {
                code(name, value);
            } else if (MESSAGES.contains(name) && firstMessage == null) {
                firstMessage = value;
            }
        }
        words(text);
    }

    private void visit(String name, JsonNode node, int nested) {
        if (++nodes > MAX_NODES) {
            return;
        }
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                String word = ErrorBody.word(entry.getKey());
                if (!SKIPPED.contains(word)) {
                    visit(word, entry.getValue(), nested);
                } else if (word.equals("choices")) {
                    entry.getValue().values().forEach(this::ending);
                }
            });
        } else if (node.isArray()) {
            node.values().forEach(element -> visit(name, element, nested));
        } else if (name.equals("retryable") && node.isBoolean()) {
            retryable = node.booleanValue();
        } else {
            scalar(name, node, nested);
        }
    }

    private void scalar(String name, JsonNode node, int nested) {
        String value = Json.scalar(node);
        if (value == null || value.isBlank()) {
            return;
        }
        if (CODES.contains(name) || STATUSES.contains(name) || ENDINGS.contains(name)) {
            code(name, value);
        }
        if (node.isString() && (MESSAGES.contains(name) || name.isEmpty())) {
            if (firstMessage == null) {
                firstMessage = value;
            }
            message(value, nested);
        }
    }

    /** Of a choice only why it ended, and its own error, are read: the rest is the answer. */
    private void ending(JsonNode choice) {
        for (String name : List.of("finish_reason", "error")) {
            visit(ErrorBody.word(name), choice.path(name), 0);
        }
    }

    private void code(String name, String value) {
        // AWS: "com.amazon.coral.availability#ThrottlingException" as __type.
        codes.add(ErrorBody.word(value.substring(value.lastIndexOf('#') + 1)));
        if (name.equals("blockreason")) {
            // Gemini's promptFeedback: whatever the reason, OTHER too, the prompt was blocked.
            codes.add("contentblocked");
        }
        if (value.indexOf(' ') > 0) {
            // xAI's codes are sentences.
            words(value);
        }
        if (status == null && STATUSES.contains(name) && value.matches("[45]\\d\\d")) {
            status = Integer.valueOf(value);
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
    private static JsonNode primary(JsonNode tree) {
        JsonNode node = tree.isArray() ? tree.path(0) : tree;
        node = node.path("response").path("error").isObject() ? node.path("response") : node;
        return node.path("error").isObject() ? node.path("error") : node;
    }

    private static @Nullable String shownMessage(JsonNode primary) {
        for (String name : List.of("message", "error", "detail", "title")) {
            String message = Json.string(primary, name);
            if (message != null && !message.isBlank()) {
                return message;
            }
        }
        return null;
    }

    private static @Nullable String shownCode(JsonNode primary) {
        for (String name : List.of("code", "type", "status", "error_type")) {
            String code = Json.scalar(primary, name);
            if (code != null && !code.isBlank()) {
                return code;
            }
        }
        return null;
    }
}
