/** A provider on loopback, so that the examples run without a key: {@link io.aicore.examples.server.DemoServer}. */
@NullMarked
package io.aicore.examples.server;

import org.jspecify.annotations.NullMarked;
