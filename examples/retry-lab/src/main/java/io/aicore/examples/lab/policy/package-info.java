/** What clients do when a call fails: this library's classes as they are, and their rivals. */
@NullMarked
package io.aicore.examples.lab.policy;

import org.jspecify.annotations.NullMarked;
