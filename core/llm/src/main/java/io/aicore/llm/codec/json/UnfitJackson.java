package io.aicore.llm.codec.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectMapper;

/** What stands on the class path in Jackson's place, in a sentence that names the artifact and its version. */
final class UnfitJackson {

    private static final String ANNOTATIONS = "com/fasterxml/jackson/annotation/";

    private UnfitJackson() {}

    static String sentence(LinkageError error) {
        String missing = String.valueOf(error.getMessage()).replace('.', '/');
        return missing.contains(ANNOTATIONS)
                ? "com.fasterxml.jackson.core:jackson-annotations: " + version(() -> JsonProperty.class)
                        + " (expected: 2.21 or later, which Jackson 3 needs: import io.aicore:aicore-bom before"
                        + " the BOM that manages Jackson 2; missing: " + missing + ")"
                : "tools.jackson.core:jackson-databind: " + version(() -> ObjectMapper.class)
                        + " does not load (expected: the version that io.aicore:aicore-bom manages, with its"
                        + " jackson-core; missing: " + missing + ")";
    }

    private static String version(Supplier<Class<?>> type) {
        try {
            String version = type.get().getPackage().getImplementationVersion();
            return version == null ? "of unknown version" : version;
        } catch (LinkageError e) {
            return "missing";
        }
    }
}
