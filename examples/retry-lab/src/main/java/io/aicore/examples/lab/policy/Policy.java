package io.aicore.examples.lab.policy;

import java.util.function.Function;

/**
 * A way to deal with failures.
 *
 * @param name as in {@code --policy}
 * @param description what it is, in a line
 * @param ablation whether it is a variant of ours that is run only on request
 * @param client creates the client of a process
 */
public record Policy(String name, String description, boolean ablation, Function<ProcessContext, Client> client) {}
