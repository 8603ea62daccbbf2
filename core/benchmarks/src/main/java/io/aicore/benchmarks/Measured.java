package io.aicore.benchmarks;

/** What one operation of a benchmark allocated. */
record Measured(String benchmark, double bytes) {}
