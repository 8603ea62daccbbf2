package io.aicore.llm.codec.failure;

import java.util.Set;

/** Field names of errors, by letters and digits only (see {@link ErrorBody#word}). */
final class FieldNames {

    /**
     * Messages. RFC 7807 has title and detail, FastAPI detail and msg, OAuth error_description, Apigee faultstring,
     * MiniMax status_msg, Baidu error_msg, Cloudflare and watsonx errors, OpenRouter raw and remedy_hint.
     */
    static final Set<String> MESSAGES = WordSet.of("""
            message msg detail details title error errors errormessage errormsg errordescription
            description raw faultstring statusmsg remedyhint
            """);

    /**
     * Codes. OpenAI and most have code and type, Google status, reason, quotaId and quotaMetric, AWS __type, Cohere and
     * Hugging Face error_type, OpenRouter provider_code and limit_source, MiniMax status_code.
     */
    static final Set<String> CODES = WordSet.of("""
            code type errortype errorcode errorname status reason name quotaid quotametric providercode
            exceptiontype limitsource blockreason statuscode
            """);

    /**
     * Numbers that may be an HTTP status. Bedrock's originalStatusCode is none of them: it is how the model's own server
     * answered Bedrock, whose verdict is the exception's name.
     */
    static final Set<String> STATUSES = WordSet.of("""
            code status statuscode httpstatuscode httpstatus rawstatuscode errorcode
            """);

    /** Finish reasons: chat completions, Anthropic, Gemini. In a 2xx they may be the only sign of a failure. */
    static final Set<String> ENDINGS = Set.of("finishreason", "stopreason");

    /**
     * Fields with which gateways and relays report errors, as they write them: FastAPI's detail, RFC 7807's title,
     * Cohere's and Hugging Face's error_type, Zhipu's msg, Baidu's error_msg, Cloudflare's errors.
     */
    static final Set<String> COMPLAINTS = WordSet.of("""
            error message msg detail title error_type error_msg errors
            """);

    /**
     * Fields that repeat the request, the answer, or other failures; {@code ctx} and {@code loc} are part of pydantic's
     * reports.
     */
    static final Set<String> SKIPPED = WordSet.of("""
            input ctx loc flaggedinput failedgeneration param messages choices usage previouserrors output
            help links traceback stack whatyoushoulddo
            """);

    private FieldNames() {}
}
