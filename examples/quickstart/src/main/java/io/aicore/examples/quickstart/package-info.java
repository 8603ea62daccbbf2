/**
 * A question to a provider, on the command line: what happens on the way, then the answer. {@code Main} reads the
 * arguments, {@code Question} makes the call; {@code Demo} is the provider for those who have no key yet.
 */
@NullMarked
package io.aicore.examples.quickstart;

import org.jspecify.annotations.NullMarked;
