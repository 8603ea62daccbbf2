package io.aicore.llm.chat;

/**
 * Tokens of a call as the provider counted them.
 *
 * @param inputTokens all tokens of the prompt, the cached ones included
 * @param outputTokens all tokens of the answer, reasoning included
 * @param cachedTokens the part of the input that was read from the provider's prompt cache
 * @param cacheWriteTokens the part of the input that was written to it
 * @param reasoningTokens the part of the output that was reasoning
 */
public record Usage(
        long inputTokens, long outputTokens, long cachedTokens, long cacheWriteTokens, long reasoningTokens) {

    /** Input and output alone. */
    public static Usage of(long inputTokens, long outputTokens) {
        return new Usage(inputTokens, outputTokens, 0, 0, 0);
    }

    /** Input and output together. */
    public long totalTokens() {
        return inputTokens + outputTokens;
    }

    /**
     * What is known when this was told first and the other later, of the same answer: the later numbers count, but a zero
     * erases none, as hosts write it where they do not count (any more).
     */
    public Usage updated(Usage later) {
        return new Usage(
                later.inputTokens == 0 ? inputTokens : later.inputTokens,
                later.outputTokens == 0 ? outputTokens : later.outputTokens,
                later.cachedTokens == 0 ? cachedTokens : later.cachedTokens,
                later.cacheWriteTokens == 0 ? cacheWriteTokens : later.cacheWriteTokens,
                later.reasoningTokens == 0 ? reasoningTokens : later.reasoningTokens);
    }

    /** Both usages together, as for several calls of one task. */
    public Usage plus(Usage other) {
        return new Usage(
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cachedTokens + other.cachedTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                reasoningTokens + other.reasoningTokens);
    }
}
