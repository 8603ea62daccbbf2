/** A script: one question, one answer, nothing reactive to see. {@link io.aicore.examples.script.Ask} is all of it. */
@NullMarked
package io.aicore.examples.script;

import org.jspecify.annotations.NullMarked;
