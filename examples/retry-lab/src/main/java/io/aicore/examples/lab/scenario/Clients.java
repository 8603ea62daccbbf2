package io.aicore.examples.lab.scenario;

/**
 * The callers.
 *
 * @param processes each with a policy and a state of its own
 * @param arrivals when calls begin
 * @param timeout seconds for an attempt
 * @param deadline seconds for a call
 * @param stream whether answers come as streams, whose first byte comes early
 * @param tokens what a call costs
 */
public record Clients(
        int processes, Arrivals arrivals, double timeout, double deadline, boolean stream, Tokens tokens) {

    /**
     * What a call costs of the provider's limit of tokens: log-normal.
     *
     * @param mean tokens
     * @param sigma standard deviation of the logarithm
     */
    public record Tokens(double mean, double sigma) {}
}
