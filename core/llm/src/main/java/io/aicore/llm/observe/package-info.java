/**
 * What an observer of calls is told: {@link io.aicore.llm.observe.CallObserver}. Records, metrics and traces are made
 * of it.
 */
@NullMarked
package io.aicore.llm.observe;

import org.jspecify.annotations.NullMarked;
