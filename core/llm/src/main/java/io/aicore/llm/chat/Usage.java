package io.aicore.llm.chat;

/**
 * Token usage of a call, as counted by the provider.
 *
 * @param inputTokens all tokens of the prompt, including cached ones
 * @param outputTokens all tokens of the answer, including reasoning
 * @param cachedTokens the part of the input read from the provider's prompt cache
 * @param cacheWriteTokens the part of the input written to the cache
 * @param reasoningTokens the part of the output that is reasoning
 */
public record Usage(
        long inputTokens, long outputTokens, long cachedTokens, long cacheWriteTokens, long reasoningTokens) {

    /** Usage with input and output tokens only. */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, 0, 0, 0);
    }

    /** Sum of input and output tokens, at most {@link Long#MAX_VALUE}. */
    public long totalTokens() {
        return sum(inputTokens, outputTokens);
    }

    /**
     * Combines two reports for the same answer: later values replace earlier ones, except that a zero replaces nothing,
     * because hosts send it for values they do not count.
     */
    public Usage updated(Usage later) {
        return new Usage(
                later.inputTokens == 0 ? inputTokens : later.inputTokens,
                later.outputTokens == 0 ? outputTokens : later.outputTokens,
                later.cachedTokens == 0 ? cachedTokens : later.cachedTokens,
                later.cacheWriteTokens == 0 ? cacheWriteTokens : later.cacheWriteTokens,
                later.reasoningTokens == 0 ? reasoningTokens : later.reasoningTokens);
    }

    /** The sum of both, for several calls of one task. */
    public Usage plus(Usage other) {
        return new Usage(
                sum(inputTokens, other.inputTokens),
                sum(outputTokens, other.outputTokens),
                sum(cachedTokens, other.cachedTokens),
                sum(cacheWriteTokens, other.cacheWriteTokens),
                sum(reasoningTokens, other.reasoningTokens));
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return one > 0 && other > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }
}
