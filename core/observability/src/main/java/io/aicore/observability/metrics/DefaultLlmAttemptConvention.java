package io.aicore.observability.metrics;

import io.aicore.internal.Seconds;
import io.aicore.llm.observe.ResponseHead;
import io.aicore.observability.metrics.LlmObservationDocumentation.AttemptDetail;
import io.aicore.retry.Attempt;
import io.aicore.retry.Failure;
import io.micrometer.common.KeyValues;

/** OpenTelemetry's names for attempts, as far as they exist, without prompts and answers. */
public class DefaultLlmAttemptConvention implements LlmAttemptConvention {

    /** For subclasses. */
    public DefaultLlmAttemptConvention() {}

    @Override
    public String getName() {
        return "aicore.client.attempt";
    }

    @Override
    public String getContextualName(LlmAttemptContext attempt) {
        return attempt.call().scope().attemptSpan(attempt.call().model());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(LlmAttemptContext attempt) {
        return attempt.call().scope().attemptTags();
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(LlmAttemptContext context) {
        return details(context);
    }

    KeyValues details(LlmAttemptContext context) {
        Attempt attempt = context.attempt();
        SpanAttributes details = new SpanAttributes()
                .add(AttemptDetail.CALL_ID, attempt.callId())
                .add(AttemptDetail.NUMBER, attempt.number());
        if (attempt.isRetry()) {
            details.add(AttemptDetail.RESEND_COUNT, attempt.number() - 1)
                    .add(AttemptDetail.WAITED, Seconds.plain(attempt.waited()));
        }
        if (context.outcome() != null) {
            details.add(AttemptDetail.OUTCOME, context.outcome().word());
        }
        Failure failure = context.failure();
        ResponseHead response = context.response();
        if (response != null) {
            details.add(AttemptDetail.STATUS, response.status()).add(AttemptDetail.REQUEST_ID, response.requestId());
        } else if (failure != null) {
            details.add(AttemptDetail.STATUS, failure.status()).add(AttemptDetail.REQUEST_ID, failure.requestId());
        }
        return details.add(AttemptDetail.ERROR_TYPE, context.errorType()).all();
    }
}
