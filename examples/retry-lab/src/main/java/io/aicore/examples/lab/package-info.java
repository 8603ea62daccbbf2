/**
 * The retry lab: what policies of retrying do to a provider and to their callers, simulated.
 *
 * <p>{@code Main} reads the command line; {@code scenario} says what happens, {@code policy} who reacts and how, {@code provider}
 * to whom; {@code run} measures, {@code report} writes it down.
 */
@NullMarked
package io.aicore.examples.lab;

import org.jspecify.annotations.NullMarked;
