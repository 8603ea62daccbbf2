package io.aicore.llm.codec.json;

import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Jackson's mappers. A class of its own, which does not load where the annotations of an older Jackson 2 stand before ours. */
final class Mappers {

    static final JsonFactory TOKENS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxStringLength(Json.MAX_STRING)
                    .maxNumberLength(Json.MAX_NUMBER)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .build())
            .build();
    static final JsonMapper PLAIN = JsonMapper.builder(TOKENS)
            // Python servers write NaN and -Infinity into logprobs, and raw line breaks into error messages.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule()
                    .addSerializer(JsonFields.class, new FieldsWriter())
                    .addSerializer(TextMessage.class, new MessageWriter()))
            .build();
    static final ObjectReader ALONE = PLAIN.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    static final ObjectReader EXACT = PLAIN.reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    private Mappers() {}

    /** Uses each once: the first time it is made under a lock, for which no thread of a call must wait. */
    static void warm() {
        PLAIN.treeToValue(PLAIN.readTree("{}"), Object.class);
        PLAIN.valueToTree(Map.of());
        EXACT.readTree("{}");
        ALONE.readTree("{}");
        PLAIN.writeValueAsString(Map.of("", JsonFields.wrap(PLAIN.readTree("{}"))));
        PLAIN.writeValueAsString(Map.of("", new TextMessage("", "")));
    }

    /** Writes a value that was read, such as one that goes back in a request. */
    private static final class FieldsWriter extends ValueSerializer<JsonFields> {

        @Override
        public void serialize(JsonFields value, JsonGenerator generator, SerializationContext context) {
            generator.writeTree(value.node());
        }
    }

    private static final class MessageWriter extends ValueSerializer<TextMessage> {

        @Override
        public void serialize(TextMessage value, JsonGenerator generator, SerializationContext context) {
            generator.writeStartObject(value);
            generator.writeStringProperty("role", value.role());
            generator.writeStringProperty("content", value.content());
            generator.writeEndObject();
        }
    }
}
