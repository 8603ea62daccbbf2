/**
 * What happened, kept: one record per call and per attempt, written to a database off the path of the calls, and asked for
 * again as records and statistics.
 */
@NullMarked
package io.aicore.observability;

import org.jspecify.annotations.NullMarked;
