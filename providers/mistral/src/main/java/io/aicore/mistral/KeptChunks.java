package io.aicore.mistral;

import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.completions.OtherFields;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of an answer, kept on it where there are others than text: thinking and references belong back into the
 * conversation, in their places. Those of a stream are put together again. One for each answer.
 */
final class KeptChunks implements OtherFields {

    /** Where they stand among the extra fields of an answer and of a message: a name that no other protocol knows. */
    static final String KEPT = "mistral_content";

    private static final String TYPE = "type";
    private static final String TEXT = "text";
    private static final String THINKING = "thinking";

    // Texts that still grow are held as StringBuilders.
    private final List<Map<String, Object>> chunks = new ArrayList<>();
    private final Map<Long, Object> further = new TreeMap<>();
    private boolean special;
    private boolean others;

    @Override
    public boolean addPlain(String content, @Nullable String tier) {
        addText(chunks, content);
        return true;
    }

    @Override
    public void add(JsonFields tree, JsonFields choice, JsonFields message) {
        JsonFields content = message.at("content");
        if (content.isString()) {
            addText(chunks, content.text());
        }
        for (JsonFields chunk : content.items()) {
            boolean untyped = chunk.isString() || (chunk.has(TEXT) && !chunk.has(TYPE));
            String type = untyped ? TEXT : chunk.text(TYPE);
            special |= !type.equals(TEXT);
            others |= !type.equals(TEXT) && !type.equals(THINKING);
            if (type.equals(TEXT)) {
                addText(chunks, chunk.isString() ? chunk.text() : ChatJson.text(chunk));
            } else if (type.equals(THINKING)) {
                addThinking(chunk);
            } else {
                chunks.add(chunk.object());
            }
        }
        // Those of a plain answer, as they came.
        for (JsonFields another : tree.at("choices").elements()) {
            Long index = another.whole("index");
            if (index != null && index != 0 && another.at("message").isObject()) {
                further.put(index, another.object());
            }
        }
    }

    /** Whether there are chunks that are neither text nor thinking. */
    @Override
    public boolean isAnswer() {
        return others;
    }

    /** What to keep of the answer so far; empty if it is text alone. */
    @Override
    public Map<String, Object> extra() {
        Map<String, Object> extra = new LinkedHashMap<>();
        if (special) {
            extra.put(KEPT, grown(chunks));
        }
        if (!further.isEmpty()) {
            extra.put("choices", List.copyOf(further.values()));
        }
        return extra;
    }

    /** A stream sends one thought in many chunks, of which the last one is closed. */
    private void addThinking(JsonFields chunk) {
        Map<String, Object> last = last(chunks, THINKING);
        boolean goesOn = last != null && !Boolean.TRUE.equals(last.get("closed"));
        Map<String, Object> thought = goesOn && last != null ? last : new LinkedHashMap<>();
        if (!goesOn) {
            chunks.add(thought);
        }
        List<Map<String, Object>> pieces = new ArrayList<>();
        if (thought.get(THINKING) instanceof List<?> before) {
            before.forEach(piece -> pieces.add(Json.copy(piece)));
        }
        JsonFields thinking = chunk.at(THINKING);
        if (thinking.isString()) {
            addText(pieces, thinking.text());
        }
        for (JsonFields piece : thinking.items()) {
            if (TEXT.equals(piece.string(TYPE))) {
                addText(pieces, piece.text(TEXT));
            } else {
                pieces.add(piece.object());
            }
        }
        thought.putAll(chunk.object());
        thought.put(THINKING, pieces);
    }

    private static void addText(List<Map<String, Object>> chunks, String text) {
        Map<String, Object> last = last(chunks, TEXT);
        if (last != null && last.get(TEXT) instanceof StringBuilder before) {
            before.append(text);
        } else if (!text.isEmpty()) {
            StringBuilder growing = new StringBuilder();
            growing.append(text);
            chunks.add(ChatJson.ordered(TYPE, TEXT, TEXT, growing));
        }
    }

    private static @Nullable Map<String, Object> last(List<Map<String, Object>> chunks, String type) {
        Map<String, Object> last = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
        return last != null && type.equals(last.get(TYPE)) ? last : null;
    }

    /** A copy with completed texts. */
    private static Object grown(Object value) {
        if (value instanceof StringBuilder text) {
            return text.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(KeptChunks::grown).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, inner) -> copy.put(String.valueOf(name), inner == null ? null : grown(inner)));
            return copy;
        }
        return value;
    }
}
