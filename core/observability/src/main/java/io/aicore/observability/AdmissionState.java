package io.aicore.observability;

import io.aicore.limit.AdmissionSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What holds calls to a provider back at this moment.
 *
 * @param admission gates, their rates and queues
 * @param retryBudget how many retries the calls may make now; null without a budget
 */
public record AdmissionState(
        AdmissionSnapshot admission, @Nullable Double retryBudget) {}
