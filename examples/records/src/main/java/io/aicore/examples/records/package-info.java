/**
 * What was recorded of calls, on the command line. {@code Main} runs one of the commands of {@code Commands}; {@code Rows}
 * says records as JSON, {@code Table} for people.
 */
@NullMarked
package io.aicore.examples.records;

import org.jspecify.annotations.NullMarked;
