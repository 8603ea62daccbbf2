/**
 * Records of calls: one per call and attempt, written to a database outside the calls' threads, and queries of records
 * and statistics.
 */
@NullMarked
package io.aicore.observability;

import org.jspecify.annotations.NullMarked;
