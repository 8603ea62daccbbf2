/**
 * The observation of calls: {@link io.aicore.llm.observe.CallObserver}, on which records, metrics and traces are based.
 */
@NullMarked
package io.aicore.llm.observe;

import org.jspecify.annotations.NullMarked;
