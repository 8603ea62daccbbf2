/**
 * A provider on loopback, so that the examples run without a key. {@code DemoServer} turns each request into a
 * {@code Question}, and a script turns that into a {@code Reply}; {@code ChatReplies} are replies in the OpenAI chat
 * protocol. {@code Environment} tells whether somebody has a real provider in mind.
 */
@NullMarked
package io.aicore.examples.server;

import org.jspecify.annotations.NullMarked;
