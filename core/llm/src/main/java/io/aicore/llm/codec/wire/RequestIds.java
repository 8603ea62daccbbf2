package io.aicore.llm.codec.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the provider's id of a request, which its support needs. */
public final class RequestIds {

    // The vendors' own first; the edge's last.
    static final List<String> HEADERS = List.of(
            "x-request-id",
            "apim-request-id",
            "request-id",
            "mistral-correlation-id",
            "x-ds-trace-id",
            "x-amzn-requestid",
            "nvcf-reqid",
            "x-generation-id",
            "x-debug-trace-id",
            "inference-id",
            "x-ms-request-id",
            "cf-ray");

    private RequestIds() {}

    /** Whether the provider's id may be in a header of this name. */
    static boolean isOne(String name) {
        return HEADERS.contains(name);
    }

    public static @Nullable String of(WireHeaders headers) {
        for (String name : HEADERS) {
            String id = headers.first(name).orElse("");
            if (!id.isBlank()) {
                return SafeText.code(id);
            }
        }
        return null;
    }
}
