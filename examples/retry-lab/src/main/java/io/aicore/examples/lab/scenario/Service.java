package io.aicore.examples.lab.scenario;

/**
 * How long the provider works on a request.
 *
 * @param shape distribution
 * @param mean seconds
 * @param sigma of the log-normal shape: the standard deviation of the logarithm
 * @param firstByte share of the time after which the first byte comes
 */
public record Service(Shape shape, double mean, double sigma, double firstByte) {

    /** A distribution of times. */
    public enum Shape {
        LOG_NORMAL,
        EXPONENTIAL,
        CONSTANT
    }
}
