package io.aicore.llm.codec.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Jackson's parsers and generators, with the limits of {@link Json}. */
final class Tokens {

    static final JsonFactory STRICT = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxStringLength(Json.MAX_STRING)
                    .maxNumberLength(Json.MAX_NUMBER)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .build())
            .build();
    // Python servers write NaN and -Infinity into logprobs, and raw line breaks into error messages.
    private static final JsonFactory TOLERANT = STRICT.rebuild()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private Tokens() {}

    static JsonParser tolerant(byte[] json) {
        return TOLERANT.createParser(ObjectReadContext.empty(), json);
    }

    static JsonParser tolerant(String json) {
        return TOLERANT.createParser(ObjectReadContext.empty(), json);
    }
}
