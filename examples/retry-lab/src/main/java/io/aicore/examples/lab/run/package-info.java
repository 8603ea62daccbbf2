/** Runs scenarios and measures them. */
@NullMarked
package io.aicore.examples.lab.run;

import org.jspecify.annotations.NullMarked;
