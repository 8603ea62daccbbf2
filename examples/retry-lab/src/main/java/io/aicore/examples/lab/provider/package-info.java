/** The model of a provider: slots, queue, service times, rate limits and faults. */
@NullMarked
package io.aicore.examples.lab.provider;

import org.jspecify.annotations.NullMarked;
