package io.aicore.examples.lab.scenario;

/**
 * The {@code Retry-After} of a refusal.
 *
 * @param kind where it comes from
 * @param seconds of the constant kind
 */
public record RetryAfter(Kind kind, double seconds) {

    /** No {@code Retry-After}. */
    public static final RetryAfter NONE = new RetryAfter(Kind.NONE, 0);

    /** Whole seconds until the limit admits the request, at least one. */
    public static final RetryAfter AUTO = new RetryAfter(Kind.AUTO, 0);

    /** Where it comes from. */
    public enum Kind {
        NONE,
        AUTO,
        CONSTANT
    }

    /** Always the same. */
    public static RetryAfter constant(double seconds) {
        return new RetryAfter(Kind.CONSTANT, seconds);
    }
}
