/**
 * A protocol of one's own over HTTP: {@link io.aicore.examples.protocol.AcmeCodec} says its requests and answers, {@link
 * io.aicore.examples.protocol.AcmeStream} its streams; {@link io.aicore.examples.protocol.AcmeProviderFactory} makes a
 * provider of them, which the test kit tests.
 */
@NullMarked
package io.aicore.examples.protocol;

import org.jspecify.annotations.NullMarked;
