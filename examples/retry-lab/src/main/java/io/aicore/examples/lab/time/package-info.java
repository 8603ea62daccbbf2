/** The virtual time of a simulation and its chance. */
@NullMarked
package io.aicore.examples.lab.time;

import org.jspecify.annotations.NullMarked;
