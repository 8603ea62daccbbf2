/**
 * The allocation of a call: {@link io.aicore.benchmarks.AllocationCheck} runs the benchmarks and compares them with
 * {@code allocation.properties}.
 */
@NullMarked
package io.aicore.benchmarks;

import org.jspecify.annotations.NullMarked;
