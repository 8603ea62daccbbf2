package io.aicore.llm.codec.wire;

import io.aicore.llm.chat.RateLimit;
import io.aicore.llm.chat.ResponseInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array knows no type arguments.
    private static final Map.Entry<String, String>[] NO_ENTRIES = new Map.Entry[0];

    private ResponseHeaders() {}

    /**
     * @param clean removes the caller's secrets from a value before it is shortened
     */
    static ResponseInfo of(WireHeaders all, RateLimits limits, UnaryOperator<String> clean) {
        Selection selected = new Selection();
        all.forEachName(selected);
        List<String> names = selected.names();
        List<Map.Entry<String, String>> shown = new ArrayList<>(names.size());
        for (String name : names) {
            shown.add(Map.entry(name, shortened(clean.apply(all.first(name).orElse("")))));
        }
        return new ResponseInfo(
                requestId(names, all, clean), Map.ofEntries(shown.toArray(NO_ENTRIES)), selected.limits(all, limits));
    }

    private static @Nullable String requestId(List<String> names, WireHeaders all, UnaryOperator<String> clean) {
        for (String name : RequestIds.HEADERS) {
            String id = names.contains(name) ? clean.apply(all.first(name).orElse("")) : "";
            if (!id.isBlank()) {
                return SafeText.code(id);
            }
        }
        return null;
    }

    /** The names of headers to show. */
    private static final class Selection implements Consumer<String> {

        private final List<String> names = new ArrayList<>();
        private boolean limited;

        @Override
        public void accept(String name) {
            limited |= name.contains("ratelimit");
            if (isShown(name)) {
                names.add(name);
            }
        }

        /** The first ones, each once. */
        List<String> names() {
            Collections.sort(names);
            String before = "";
            for (Iterator<String> each = names.iterator(); each.hasNext(); ) {
                String name = each.next();
                if (name.equals(before)) {
                    each.remove();
                }
                before = name;
            }
            return names.subList(0, Math.min(MOST, names.size()));
        }

        @Nullable
        RateLimit limits(WireHeaders all, RateLimits limits) {
            return limited ? limits.read(all) : null;
        }
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
