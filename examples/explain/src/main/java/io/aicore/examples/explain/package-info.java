/**
 * What a failure of a provider means, on the command line. {@code Main} reads the arguments; {@code Explainer} asks the
 * classifier that the providers use; {@code Score} compares its verdicts with expected ones.
 */
@NullMarked
package io.aicore.examples.explain;

import org.jspecify.annotations.NullMarked;
