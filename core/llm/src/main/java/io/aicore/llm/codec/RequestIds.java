package io.aicore.llm.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds the provider's id of a request: what its support asks for. */
final class RequestIds {

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

    static @Nullable String of(WireHeaders headers) {
        for (String name : HEADERS) {
            String id = headers.first(name).orElse("");
            if (!id.isBlank()) {
                return SafeText.code(id);
            }
        }
        return null;
    }

    static @Nullable String of(FailureReport report) {
        String id = of(report.headers());
        if (id == null && !report.trees().isEmpty()) {
            JsonNode tree = report.trees().get(0);
            String outer = Json.string(tree, "request_id");
            id = SafeText.code(outer != null ? outer : Json.string(tree, "error", "request_id"));
        }
        return id;
    }
}
