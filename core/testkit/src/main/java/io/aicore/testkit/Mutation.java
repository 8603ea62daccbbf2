package io.aicore.testkit;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.json.MalformedJsonException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Changes JSON as hosts, gateways and broken connections do: fields in another order, gone, unknown, of another type,
 * twice, several elements in place of one, and bytes that are no JSON or no UTF-8. The same for the same seed.
 */
final class Mutation {

    /** Stands for bytes that are no UTF-8: a private character and the number of the sequence. */
    private static final char INVALID = '\uE000';

    private static final List<byte[]> SEQUENCES = List.of(
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFF});

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "3.0",
            "1e2",
            "123456789012345678901234567890",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"error\"",
            "\"stop\"",
            "\"7\"",
            "1e400",
            "[0.5,1]",
            "[1e39]",
            "\"AACAPw==\"",
            "\"AACAPw\"",
            "[[0.5,\"AACAPw==\"]]",
            "\"gr\u00FC\u00DFe \uD83C\uDF88\"",
            "\"\\ud83c\"",
            "\"\\udf88 \\u0000 \\n\"",
            "\"\uE000\"",
            "\"\uE001\"",
            "\"\uE002\"",
            "\"\uE003\"",
            "\"\uE004\"",
            "[]",
            "{}",
            "[null]",
            "[\"x\"]",
            "[{}]",
            "[{\"type\":\"text\",\"text\":\"part\"}]",
            "{\"text\":\"part\"}",
            "{\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}",
            "{\"index\":0}",
            "{\"index\":1,\"delta\":{\"content\":\"other\"},\"message\":{\"content\":\"other\"}}");

    private static final List<String> CHARACTERS = List.of(
            "\uFEFF", " ", "\t", "\r", "\n", ",", ":", "{", "}", "[", "]", "\"", "\\", "0", "x", "\u0001", "\u0000");

    private static final List<String> NAMES = List.of("""
            error type object message code status id index model role content text delta choices finish_reason refusal
            reasoning reasoning_content tool_calls function_call citations annotations usage service_tier x_groq
            logprobs detail parts thought candidates done done_reason stop_reason stop_sequence stopReason container
            serviceTier trafficType incomplete_details phase moderation tool_plan billed_units embedding values
            thinking response output sequence_number x_new""".split("\\s+"));

    /** Fields that change what an object means. */
    private static final List<String> FIELDS = List.of(
            "\"error\":{\"message\":\"no\",\"code\":\"rate_limit_exceeded\"}",
            "\"error\":\"no\"",
            "\"error\":true",
            "\"message\":\"no\"",
            "\"type\":\"error\"",
            "\"object\":\"Error\"",
            "\"message\":{\"content\":\"other\",\"reasoning\":\"r\"}",
            "\"delta\":{\"content\":\"other\",\"text\":\"t\"}",
            "\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]",
            "\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}",
            "\"content\":[{\"type\":\"text\",\"text\":\"part\"},{\"type\":\"thinking\",\"thinking\":\"t\"}]",
            "\"content\":{\"parts\":[{\"text\":\"part\",\"thought\":true}]}",
            "\"text\":\"other\"",
            "\"thought\":true",
            "\"refusal\":\"no\"",
            "\"reasoning_content\":\"r\"",
            "\"reasoning_details\":[{\"text\":\"r\"}]",
            "\"citations\":[\"x\"]",
            "\"images\":[{\"url\":\"x\"}]",
            "\"logprobs\":{\"content\":[]}",
            "\"logprobs\":[{\"token\":\"a\"}]",
            "\"service_tier\":\"flex\"",
            "\"finish_reason\":\"error\"",
            "\"finish_reason\":\"length\"",
            "\"index\":1",
            "\"__type\":\"ThrottlingException\"",
            "\"error_type\":\"overloaded\"",
            "\"status\":\"in_progress\"",
            "\"stop_sequence\":\"END\"",
            "\"service_tier\":{\"type\":\"flex\",\"share\":0.5}",
            "\"thoughtSignature\":\"s\"",
            "\"tool_plan\":\"first\"",
            "\"index\":\"0\"",
            "\"status\":500",
            "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"input_tokens\":3,\"output_tokens\":4}",
            "\"x_groq\":{\"usage\":{\"prompt_tokens\":1}}",
            "\"usage\":{\"input_tokens\":3,\"cached_tokens\":1}");

    /** One value of each kind. */
    private static final List<String> KINDS =
            List.of("null", "true", "1", "-1", "3.0", "\"\"", "\"x\"", "[]", "{}", "[\"x\"]", "{\"text\":\"part\"}");

    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** Mutated once or more often; mostly left alone, so that a stream has others as well. */
    String of(String json) {
        String changed = json;
        for (int rounds = random.nextInt(4); rounds > 0; rounds--) {
            changed = once(changed);
        }
        return changed;
    }

    /** The same JSON with a value of each kind in the place of each of its values, and each field that may change it. */
    static List<String> ofEachValue(String json) {
        JsonFields tree = Json.read(json);
        List<String> all = new ArrayList<>();
        for (int i = count(tree, false) - 1; i > 0; i--) {
            for (String value : KINDS) {
                all.add(text(tree, false, new int[] {i}, node -> value));
            }
        }
        for (int at = json.indexOf('{'); at >= 0; at = json.indexOf('{', at + 1)) {
            for (String field : FIELDS) {
                all.add(json.substring(0, at + 1) + field + "," + json.substring(at + 1));
            }
        }
        return all;
    }

    private String once(String json) {
        return switch (random.nextInt(12)) {
            case 0 -> json.substring(0, random.nextInt(json.length() + 1));
            case 1 -> inserted(json, any(CHARACTERS));
            case 2 -> inserted(json, String.valueOf((char) (INVALID + random.nextInt(SEQUENCES.size()))));
            case 3 -> json + any(List.of(" ", "\n", "x", "{}", "[DONE]", ",", "\u2003"));
            case 4 -> twice(json);
            default -> structured(json);
        };
    }

    private String inserted(String json, String text) {
        int at = random.nextInt(json.length() + 1);
        return json.substring(0, at) + text + json.substring(at);
    }

    /** A field that is there twice, or once more with another value. */
    private String twice(String json) {
        int at = json.indexOf('{', random.nextInt(json.length() + 1));
        return at < 0 ? json : json.substring(0, at + 1) + field() + "," + json.substring(at + 1);
    }

    private String field() {
        return random.nextBoolean() ? any(FIELDS) : "\"" + any(NAMES) + "\":" + any(VALUES);
    }

    private String structured(String json) {
        JsonFields tree;
        try {
            tree = Json.read(json);
        } catch (MalformedJsonException e) {
            return json;
        }
        // Objects are few, and make the greater difference.
        boolean objects = random.nextBoolean();
        int nodes = count(tree, objects);
        return nodes == 0 ? json : text(tree, objects, new int[] {random.nextInt(nodes)}, this::changed);
    }

    private static int count(JsonFields node, boolean objects) {
        int count = !objects || node.isObject() ? 1 : 0;
        for (JsonFields child : children(node)) {
            count += count(child, objects);
        }
        return count;
    }

    private static List<JsonFields> children(JsonFields node) {
        return node.isArray() ? node.elements() : List.copyOf(node.members().values());
    }

    /** Written by hand, so that what no map can hold may be in it. */
    private static String text(JsonFields node, boolean objects, int[] left, Function<JsonFields, String> changed) {
        if ((!objects || node.isObject()) && left[0]-- == 0) {
            return changed.apply(node);
        }
        if (!node.isContainer()) {
            return node.raw();
        }
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.elements().forEach(element -> parts.add(text(element, objects, left, changed)));
            return "[" + String.join(",", parts) + "]";
        }
        node.members().forEach((name, value) -> parts.add(name(name) + ":" + text(value, objects, left, changed)));
        return "{" + String.join(",", parts) + "}";
    }

    private String changed(JsonFields node) {
        List<String> parts = new ArrayList<>();
        if (node.isArray()) {
            node.elements().forEach(element -> parts.add(element.raw()));
        } else {
            node.members().forEach((name, value) -> parts.add(name(name) + ":" + value.raw()));
        }
        int kind = random.nextInt(10);
        if (kind == 0) {
            Collections.shuffle(parts, random);
        } else if (kind == 1 && !parts.isEmpty()) {
            parts.remove(random.nextInt(parts.size()));
        } else if (kind == 2 || kind > 6) {
            parts.add(random.nextInt(parts.size() + 1), node.isArray() ? any(VALUES) : field());
        } else if (kind == 3 && !parts.isEmpty()) {
            parts.add(parts.get(random.nextInt(parts.size())));
        } else if (kind == 4) {
            return "[" + node.raw() + "]";
        } else if (!node.isObject() || kind == 5) {
            return any(VALUES);
        }
        if (!node.isContainer()) {
            return any(VALUES);
        }
        String inner = String.join(",", parts);
        return node.isArray() ? "[" + inner + "]" : "{" + inner + "}";
    }

    private static String name(String name) {
        return JsonFields.of(name).raw();
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** UTF-8, but for what stands for bytes that are none. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            int sequence = text.charAt(i) - INVALID;
            if (sequence >= 0 && sequence < SEQUENCES.size()) {
                bytes.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                bytes.writeBytes(SEQUENCES.get(sequence));
                from = i + 1;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
