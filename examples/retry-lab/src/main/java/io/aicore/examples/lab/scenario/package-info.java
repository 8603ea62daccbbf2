/** Scenarios and their YAML files. */
@NullMarked
package io.aicore.examples.lab.scenario;

import org.jspecify.annotations.NullMarked;
