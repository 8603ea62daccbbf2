/**
 * A server of raw sockets on loopback for tests of what goes over the wire: {@link io.aicore.testserver.FaultServer} answers
 * each request by a {@link io.aicore.testserver.Script}, of which {@link io.aicore.testserver.Scripts} has the usual ones.
 * Needs nothing but Java.
 */
@NullMarked
package io.aicore.testserver;

import org.jspecify.annotations.NullMarked;
