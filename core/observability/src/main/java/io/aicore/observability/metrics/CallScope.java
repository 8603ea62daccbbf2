package io.aicore.observability.metrics;

import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallStart;
import io.aicore.observability.metrics.LlmObservationDocumentation.AttemptTag;
import io.aicore.observability.metrics.LlmObservationDocumentation.CallTag;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What calls of the same provider, address and model have in common: made once and shared by them. */
final class CallScope {

    private static final String ATTEMPT = "attempt ";

    private final String provider;
    private final Server server;
    private final String modelTag;
    private final Map<CallKind, KeyValues> ofCalls = new EnumMap<>(CallKind.class);
    private final Map<CallKind, String> spans = new EnumMap<>(CallKind.class);
    private final KeyValues ofAttempts;
    private final String attemptSpan;

    private CallScope(String provider, Server server, String modelTag) {
        this.provider = provider;
        this.server = server;
        this.modelTag = modelTag;
        for (CallKind kind : CallKind.values()) {
            ofCalls.put(
                    kind,
                    KeyValues.of(
                            KeyValue.of(CallTag.OPERATION, operation(kind)),
                            KeyValue.of(CallTag.PROVIDER, provider),
                            KeyValue.of(CallTag.REQUEST_MODEL, modelTag),
                            KeyValue.of(CallTag.SERVER_ADDRESS, server.address()),
                            KeyValue.of(CallTag.SERVER_PORT, server.port())));
            spans.put(kind, operation(kind) + " " + modelTag);
        }
        this.ofAttempts = KeyValues.of(
                KeyValue.of(AttemptTag.PROVIDER, provider),
                KeyValue.of(AttemptTag.REQUEST_MODEL, modelTag),
                KeyValue.of(AttemptTag.SERVER_ADDRESS, server.address()),
                KeyValue.of(AttemptTag.SERVER_PORT, server.port()));
        this.attemptSpan = ATTEMPT + modelTag;
    }

    static CallScope of(CallStart start, String modelTag) {
        return of(start.provider(), start.host(), modelTag);
    }

    static CallScope of(String provider, @Nullable String host, String modelTag) {
        return new CallScope(ProviderNames.of(provider), Server.of(host), modelTag);
    }

    /** The provider's OpenTelemetry name. */
    String provider() {
        return provider;
    }

    Server server() {
        return server;
    }

    String modelTag() {
        return modelTag;
    }

    /** The tags of calls of this kind. */
    KeyValues tags(CallKind kind) {
        return ofCalls.getOrDefault(kind, KeyValues.empty());
    }

    /** The tags of attempts. */
    KeyValues attemptTags() {
        return ofAttempts;
    }

    /** The name of the span of a call, which shows the model itself where there are too many for tags. */
    String span(CallKind kind, String model) {
        String known = spans.get(kind);
        return known != null && model.equals(modelTag) ? known : operation(kind) + " " + model;
    }

    /** The name of the span of an attempt. */
    String attemptSpan(String model) {
        return model.equals(modelTag) ? attemptSpan : ATTEMPT + model;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallScope scope
                && provider.equals(scope.provider)
                && server.equals(scope.server)
                && modelTag.equals(scope.modelTag);
    }

    @Override
    public int hashCode() {
        return 31 * provider.hashCode() + modelTag.hashCode();
    }

    private static String operation(CallKind kind) {
        return switch (kind) {
            case COMPLETE, STREAM -> "chat";
            case EMBED -> "embeddings";
            case COUNT_TOKENS -> "count_tokens";
        };
    }
}
