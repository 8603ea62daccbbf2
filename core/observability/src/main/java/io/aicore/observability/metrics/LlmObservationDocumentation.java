package io.aicore.observability.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;
import java.util.Map;

/** The observations of a call with all their names. Names that begin with {@code gen_ai} are OpenTelemetry's. */
public enum LlmObservationDocumentation implements ObservationDocumentation {
    /** A call from its subscription to its end, including all attempts and the waits between them. */
    CALL {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultLlmCallConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return CallTag.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return CallDetail.values();
        }

        @Override
        public Observation.Event[] getEvents() {
            return CallEvent.values();
        }
    },
    /** One attempt; its parent is the call's observation. */
    ATTEMPT {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultLlmAttemptConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return AttemptTag.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return AttemptDetail.values();
        }
    };

    /** Tags of calls in metrics: few values each, always present. */
    public enum CallTag implements KeyName {
        /** {@code chat}, {@code embeddings} or {@code count_tokens}. */
        OPERATION("gen_ai.operation.name"),
        /**
         * The provider's OpenTelemetry name, such as {@code openai} or {@code gcp.gemini}; otherwise the configured
         * one.
         */
        PROVIDER("gen_ai.provider.name"),
        /** The requested model. In metrics {@code _OTHER} after 100 different ones; spans always have the name. */
        REQUEST_MODEL("gen_ai.request.model"),
        /** The host; {@code none} for a provider without an address. */
        SERVER_ADDRESS("server.address"),
        /** Its port; {@code none} for a provider without an address. */
        SERVER_PORT("server.port", AttributeType.WHOLE);

        private final String key;
        private final AttributeType type;

        CallTag(String key) {
            this(key, AttributeType.TEXT);
        }

        CallTag(String key, AttributeType type) {
            this.key = key;
            this.type = type;
        }

        AttributeType type() {
            return type;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Attributes of the span of a call only, if known. */
    public enum CallDetail implements KeyName {
        /** The error's category, such as {@code rate_limited}, or the class of an exception without one. */
        ERROR_TYPE("error.type"),
        /** {@code true} for a stream. */
        REQUEST_STREAM("gen_ai.request.stream", AttributeType.TRUTH),
        REQUEST_TEMPERATURE("gen_ai.request.temperature", AttributeType.DECIMAL),
        REQUEST_TOP_P("gen_ai.request.top_p", AttributeType.DECIMAL),
        REQUEST_MAX_TOKENS("gen_ai.request.max_tokens", AttributeType.WHOLE),
        REQUEST_SEED("gen_ai.request.seed", AttributeType.WHOLE),
        /** The stop sequences of the request. */
        REQUEST_STOP_SEQUENCES("gen_ai.request.stop_sequences", AttributeType.LIST),
        /** {@code json} if the request asks for JSON or a record. */
        OUTPUT_TYPE("gen_ai.output.type"),
        /** The session of the request's metadata, or of the Reactor Context. */
        CONVERSATION_ID("gen_ai.conversation.id"),
        RESPONSE_ID("gen_ai.response.id"),
        RESPONSE_MODEL("gen_ai.response.model"),
        RESPONSE_FINISH_REASONS("gen_ai.response.finish_reasons", AttributeType.LIST),
        /** Seconds from the start of the last attempt to the first token of a stream. */
        RESPONSE_TIME_TO_FIRST_CHUNK("gen_ai.response.time_to_first_chunk", AttributeType.DECIMAL),
        USAGE_INPUT_TOKENS("gen_ai.usage.input_tokens", AttributeType.WHOLE),
        USAGE_OUTPUT_TOKENS("gen_ai.usage.output_tokens", AttributeType.WHOLE),
        USAGE_CACHE_READ_INPUT_TOKENS("gen_ai.usage.cache_read.input_tokens", AttributeType.WHOLE),
        /** Under {@link GenAiConventions#V1_41}. */
        USAGE_CACHE_CREATION_INPUT_TOKENS("gen_ai.usage.cache_creation.input_tokens", AttributeType.WHOLE),
        /** Under {@link GenAiConventions#GENAI_0_1_0}. */
        USAGE_CACHE_WRITE_INPUT_TOKENS("gen_ai.usage.cache_write.input_tokens", AttributeType.WHOLE),
        USAGE_REASONING_OUTPUT_TOKENS("gen_ai.usage.reasoning.output_tokens", AttributeType.WHOLE),
        /** Id of the call, as in logs and records. */
        CALL_ID("aicore.call.id"),
        /** {@code success}, {@code error} or {@code cancelled}. */
        OUTCOME("aicore.outcome"),
        /** Number of attempts. */
        ATTEMPTS("aicore.attempts", AttributeType.WHOLE),
        /** Why no further attempt was made, such as {@code retries_exhausted}. */
        GIVE_UP_REASON("aicore.give_up.reason"),
        /** Cost in US dollars. */
        COST("aicore.cost.usd", AttributeType.DECIMAL);

        private final String key;
        private final AttributeType type;

        CallDetail(String key) {
            this(key, AttributeType.TEXT);
        }

        CallDetail(String key, AttributeType type) {
            this.key = key;
            this.type = type;
        }

        AttributeType type() {
            return type;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Tags of attempts in metrics. Without the operation's name, because sums over operations count calls. */
    public enum AttemptTag implements KeyName {
        PROVIDER("gen_ai.provider.name"),
        REQUEST_MODEL("gen_ai.request.model"),
        SERVER_ADDRESS("server.address"),
        SERVER_PORT("server.port", AttributeType.WHOLE);

        private final String key;
        private final AttributeType type;

        AttemptTag(String key) {
            this(key, AttributeType.TEXT);
        }

        AttemptTag(String key, AttributeType type) {
            this.key = key;
            this.type = type;
        }

        AttributeType type() {
            return type;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Attributes of the span of an attempt only, if known. */
    public enum AttemptDetail implements KeyName {
        /** As for a call; also {@code circuit_open} for an attempt that was not sent. */
        ERROR_TYPE("error.type"),
        /** Number of earlier attempts; absent in the first. */
        RESEND_COUNT("http.request.resend_count", AttributeType.WHOLE),
        /** The HTTP status of a failed response. */
        STATUS("http.response.status_code", AttributeType.WHOLE),
        CALL_ID("aicore.call.id"),
        /** From 1. */
        NUMBER("aicore.attempt.number", AttributeType.WHOLE),
        /** {@code success}, {@code error} or {@code cancelled}. */
        OUTCOME("aicore.outcome"),
        /** Total wait between attempts so far, in seconds; absent in the first. */
        WAITED("aicore.waited", AttributeType.DECIMAL),
        /** The provider's id of a failed request. */
        REQUEST_ID("aicore.request.id");

        private final String key;
        private final AttributeType type;

        AttemptDetail(String key) {
            this(key, AttributeType.TEXT);
        }

        AttemptDetail(String key, AttributeType type) {
            this.key = key;
            this.type = type;
        }

        AttributeType type() {
            return type;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Events of the call's span, as {@link LlmCallEvent}. */
    public enum CallEvent implements Observation.Event {
        /** Another attempt follows; has all of {@link EventDetail}. */
        RETRY("aicore.retry"),
        /** An attempt waits for the circuit; has {@link EventDetail#DELAY} and {@link EventDetail#ATTEMPT}. */
        CIRCUIT_WAIT("aicore.circuit.wait"),
        /**
         * An attempt waits for admission; has {@link EventDetail#DELAY} (the least wait; 0 if unknown),
         * {@link EventDetail#ATTEMPT} and {@link EventDetail#CAUSE}.
         */
        ADMISSION_WAIT("aicore.admission.wait"),
        /** An attempt's request is resent on a new connection, without a new attempt; has {@link EventDetail#ATTEMPT}. */
        RESEND("aicore.resend");

        private final String event;

        CallEvent(String event) {
            this.event = event;
        }

        @Override
        public String getName() {
            return event;
        }

        LlmCallEvent of(int attempt) {
            return new LlmCallEvent(event, Map.of()).with(EventDetail.ATTEMPT, (long) attempt);
        }
    }

    /** The attributes of an event. */
    public enum EventDetail implements KeyName {
        /** Seconds until the next attempt, as a decimal. */
        DELAY("aicore.delay"),
        /** Number of the attempt, from 1: the failed one of a retry, the waiting one, or the resent one. */
        ATTEMPT("aicore.attempt.number"),
        /** The failure that is retried, as {@code error.type} of the failed attempt. */
        ERROR_TYPE("error.type"),
        /**
         * The origin of the delay, such as {@code server asked for 1 s; own backoff 0.5 s} or
         * {@code the gate of the rate limit is closed}.
         */
        CAUSE("aicore.cause");

        private final String key;

        EventDetail(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
