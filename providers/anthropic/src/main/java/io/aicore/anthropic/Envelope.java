package io.aicore.anthropic;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.MalformedJsonException;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every request has around its body: version, key, beta features, and what is said where it cannot be written.
 *
 * @param headers sent with every request, the key's among them
 */
record Envelope(ErrorClassifier errors, Map<String, String> headers) {

    static final String BETA_HEADER = "anthropic-beta";

    /** The extra field with the beta features of one request: a name, or a list of names. It is a header, no field. */
    private static final String BETAS = "betas";

    Envelope {
        headers = Map.copyOf(headers);
    }

    /** A POST of this body. */
    WireRequest post(
            String path,
            String accept,
            CompletionRequest request,
            Function<CompletionRequest, Map<String, Object>> body) {
        try {
            Map<String, Object> fields = new LinkedHashMap<>(body.apply(request));
            fields.remove(BETAS);
            return WireRequest.post(path, headers(accept, request.extra().get(BETAS)), Json.write(fields));
        } catch (MalformedJsonException e) {
            throw refused(request, "the request cannot be written as JSON: look at its schemas and extra fields", e);
        } catch (NotOnTheWireException e) {
            throw refused(request, e.why(), e);
        }
    }

    private Map<String, String> headers(String accept, @Nullable Object betas) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("content-type", "application/json");
        all.put("accept", accept);
        all.putAll(headers);
        List<String> names = new ArrayList<>();
        if (headers.containsKey(BETA_HEADER)) {
            names.add(headers.get(BETA_HEADER));
        }
        for (Object name : betas instanceof List<?> list ? list : betas == null ? List.of() : List.of(betas)) {
            names.add(checked(name));
        }
        if (!names.isEmpty()) {
            all.put(BETA_HEADER, String.join(",", names));
        }
        return all;
    }

    private static String checked(@Nullable Object name) {
        if (name instanceof String text && Options.areBetas(text)) {
            return text;
        }
        throw new NotOnTheWireException("extra field betas (expected: names of beta features)");
    }

    private InvalidRequestException refused(CompletionRequest request, String why, RuntimeException cause) {
        return new InvalidRequestException(
                ErrorDetails.of(errors.provider(), ErrorCategory.INVALID_REQUEST, false, why)
                        .model(request.model()),
                cause);
    }
}
