package io.aicore.llm.codec.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.io.SegmentedStringWriter;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.databind.JsonNode;

/**
 * Reads and writes JSON: bytes to {@link JsonFields} and maps to bytes. Reading is bounded (depth {@value #MAX_DEPTH}, strings of
 * {@value #MAX_STRING} characters, numbers of {@value #MAX_NUMBER}); writing keeps the order of maps, so that the
 * result is deterministic.
 */
public final class Json {

    static final int MAX_DEPTH = 200;
    // An image or an encrypted reasoning item is one string: tens of megabytes are legitimate, the body limit comes
    // first.
    static final int MAX_STRING = 64 * 1024 * 1024;
    static final int MAX_NUMBER = 1_000;
    private static final @Nullable String UNFIT = unfit();

    private Json() {}

    /**
     * The first value in these bytes, ignoring what follows; {@link JsonFields#MISSING} if there is only white space.
     *
     * @throws MalformedJsonException if they are not JSON, are truncated, or exceed a limit
     */
    public static JsonFields read(byte[] bytes) {
        fit();
        try (JsonParser parser = Tokens.tolerant(bytes)) {
            return JsonFields.wrap(Trees.first(parser, false));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * The first value in this text, ignoring what follows; {@link JsonFields#MISSING} if there is only white space.
     *
     * @throws MalformedJsonException if it is not JSON, is truncated, or exceeds a limit
     */
    public static JsonFields read(String text) {
        fit();
        try (JsonParser parser = Tokens.tolerant(text)) {
            return JsonFields.wrap(Trees.first(parser, false));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * As {@link #read(String)}, with exact decimal fractions: for user values such as prices.
     *
     * @throws MalformedJsonException if it is not JSON, is truncated, or exceeds a limit
     */
    public static JsonFields readExact(String text) {
        fit();
        try (JsonParser parser = Tokens.tolerant(text)) {
            return JsonFields.wrap(Trees.first(parser, true));
        } catch (JacksonException e) {
            throw malformed(e);
        }
    }

    /**
     * This object as JSON, with its entries in the map's order. An unpaired surrogate becomes U+FFFD.
     *
     * @param object of maps, lists, strings, numbers, booleans, nulls, {@link JsonFields} and {@link TextMessage}
     * @throws MalformedJsonException if it is nested too deeply, or contains a value without a JSON form
     */
    public static byte[] write(Map<String, ?> object) {
        fit();
        BufferRecycler pool = Tokens.STRICT._getBufferRecycler();
        PooledBytes bytes = new PooledBytes(pool);
        try (JsonGenerator generator = Tokens.STRICT.createGenerator(ObjectWriteContext.empty(), bytes)) {
            new JsonWriter(generator).write(object);
            generator.flush();
            return Surrogates.whole(bytes.written());
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be written as JSON");
        } finally {
            bytes.release();
            pool.releaseToPool();
        }
    }

    /** This tree as JSON text. */
    static String write(JsonNode node) {
        BufferRecycler pool = Tokens.STRICT._getBufferRecycler();
        SegmentedStringWriter text = new SegmentedStringWriter(pool);
        try (JsonGenerator generator = Tokens.STRICT.createGenerator(ObjectWriteContext.empty(), text)) {
            new JsonWriter(generator).write(node);
            generator.flush();
            return text.getAndClear();
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be written as JSON");
        } finally {
            pool.releaseToPool();
        }
    }

    /** This tree as plain maps, lists, strings, numbers and booleans. */
    static @Nullable Object plain(JsonNode node) {
        try {
            return Trees.plain(node);
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be read as plain values");
        }
    }

    /** Whether this text is one JSON object and nothing else, as a tool's arguments must be. */
    public static boolean isObject(String text) {
        fit();
        try (JsonParser parser = Tokens.tolerant(text)) {
            return Trees.first(parser, false).isObject() && parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** A copy of this plain object with names as text; empty if it is not an object. */
    public static Map<String, Object> copy(@Nullable Object plain) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (plain instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        return copy;
    }

    static JsonNode tree(@Nullable Object plain) {
        try {
            return Trees.of(plain);
        } catch (JacksonException e) {
            throw new MalformedJsonException("cannot be written as JSON");
        }
    }

    private static MalformedJsonException malformed(JacksonException e) {
        // The library's own message quotes the content, which may be a prompt or an answer.
        TokenStreamLocation location = e.getLocation();
        return new MalformedJsonException(
                location == null
                        ? "not JSON"
                        : "not JSON from line " + location.getLineNr() + ", column " + location.getColumnNr());
    }

    private static @Nullable String unfit() {
        try {
            // What the calls use, so that what does not fit shows before the first of them.
            write(Map.of("", List.of(new TextMessage("", ""))));
            try (JsonParser parser = Tokens.tolerant("{}")) {
                write(Trees.first(parser, false));
            }
            return null;
        } catch (LinkageError e) {
            return UnfitJackson.sentence(e);
        }
    }

    /**
     * Returns where Jackson can be used.
     *
     * @throws IllegalStateException naming the artifact that stands in the way, and its version
     */
    public static void fit() {
        if (UNFIT != null) {
            throw new IllegalStateException(UNFIT);
        }
    }
}
