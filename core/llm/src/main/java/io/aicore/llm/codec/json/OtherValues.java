package io.aicore.llm.codec.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Values whose types are not JSON's own, such as an enum or a record in a request's extra fields, as Jackson's mapper writes
 * them. The mapper loads with the first of them.
 */
final class OtherValues {

    private static final @Nullable String UNFIT = unfit();

    private OtherValues() {}

    static void write(Object value, JsonGenerator generator) {
        mapper().writeValue(generator, value);
    }

    static JsonNode tree(Object value) {
        return mapper().valueToTree(value);
    }

    static @Nullable Object plain(JsonNode node) {
        return mapper().treeToValue(node, Object.class);
    }

    private static JsonMapper mapper() {
        if (UNFIT != null) {
            throw new IllegalStateException(UNFIT);
        }
        return Mapper.INSTANCE;
    }

    private static @Nullable String unfit() {
        try {
            // Used once: a mapper makes the first of each of its parts under a lock, for which no thread must wait.
            Mapper.INSTANCE.treeToValue(Mapper.INSTANCE.valueToTree(Map.of()), Object.class);
            return null;
        } catch (LinkageError e) {
            return UnfitJackson.sentence(e);
        }
    }

    /** A class of its own, which does not load where the annotations of an older Jackson 2 stand before ours. */
    private static final class Mapper {

        private static final JsonMapper INSTANCE = JsonMapper.builder(Tokens.STRICT)
                .addModule(new SimpleModule()
                        .addSerializer(JsonFields.class, new Nested<>())
                        .addSerializer(TextMessage.class, new Nested<>()))
                .build();
    }

    /** Our own types within such a value. */
    private static final class Nested<T> extends ValueSerializer<T> {

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            new JsonWriter(generator).write(value);
        }
    }
}
