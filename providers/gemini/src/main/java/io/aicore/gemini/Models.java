package io.aicore.gemini;

import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireRequest;
import org.jspecify.annotations.Nullable;

/** Models as resources of the API. */
final class Models {

    private static final String MODELS = "models/";
    private static final String TUNED = "tunedModels/";

    private Models() {}

    /** Models are listed as {@code models/…}; with this prefix or without it, they are the same. */
    static String resource(@Nullable String model) {
        String name = model == null ? "" : model;
        return name.startsWith(MODELS) || name.startsWith(TUNED) ? name : MODELS + name;
    }

    /** Where a method of this model is. */
    static JsonEndpoint endpoint(JsonEndpoint api, @Nullable String model, String method) {
        String resource = resource(model);
        int name = resource.indexOf('/') + 1;
        String path = resource.substring(0, name) + WireRequest.segment(resource.substring(name));
        return api.path(api.path() + "/" + path + method);
    }
}
