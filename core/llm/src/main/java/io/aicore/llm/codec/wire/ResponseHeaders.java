package io.aicore.llm.codec.wire;

import io.aicore.llm.chat.ResponseInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Selects the response headers to expose: those that help and contain no secret. */
final class ResponseHeaders {

    private static final int MOST = 40;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 200;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}]+");

    private static final Set<String> SHOWN = Set.of(
            "content-type",
            "date",
            "retry-after",
            "retry-after-ms",
            "x-ms-retry-after-ms",
            "x-should-retry",
            // Times: OpenAI, Azure and other proxies, Groq, Together, Fireworks, Hugging Face.
            "openai-processing-ms",
            "x-envoy-upstream-service-time",
            "server-timing",
            "x-compute-time",
            "x-inference-time",
            "x-total-time",
            "x-queue-time",
            "x-time-to-first-token",
            // Who answered: Azure, Groq, OpenAI, Hugging Face, NVIDIA.
            "openai-model",
            "openai-version",
            "x-groq-region",
            "x-ms-region",
            "x-ms-deployment-name",
            "x-model",
            "x-model-id",
            "x-region",
            "x-compute-type",
            "nvcf-status");

    private static final List<String> SHOWN_KINDS =
            List.of("x-ratelimit-", "anthropic-ratelimit-", "ratelimit", "x-amzn-bedrock-");

    private ResponseHeaders() {}

    /**
     * @param clean removes the caller's secrets from a value before it is shortened
     */
    static ResponseInfo of(WireHeaders all, RateLimits limits, UnaryOperator<String> clean) {
        List<String> names = new ArrayList<>();
        boolean limited = false;
        for (String name : all.names()) {
            limited |= name.contains("ratelimit");
            if (isShown(name)) {
                names.add(name);
            }
        }
        Collections.sort(names);
        Map<String, String> ids = new HashMap<>();
        Map<String, String> shown = new HashMap<>();
        for (String name : names.subList(0, Math.min(MOST, names.size()))) {
            String value = clean.apply(all.first(name).orElse(""));
            shown.put(name, shortened(value));
            if (RequestIds.isOne(name)) {
                ids.put(name, value);
            }
        }
        String id = ids.isEmpty() ? null : RequestIds.of(WireHeaders.of(ids));
        return new ResponseInfo(id, shown, limited ? limits.read(all) : null);
    }

    private static boolean isShown(String name) {
        if (name.length() > LONGEST_NAME) {
            return false;
        }
        if (SHOWN.contains(name) || RequestIds.isOne(name)) {
            return true;
        }
        for (String kind : SHOWN_KINDS) {
            if (name.startsWith(kind)) {
                return true;
            }
        }
        return false;
    }

    private static String shortened(String value) {
        String line =
                (SafeText.isPrintable(value) ? value : CONTROL.matcher(value).replaceAll(" ")).strip();
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE - 1) + "…";
    }
}
