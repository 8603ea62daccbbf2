/**
 * The transport, the only package that uses Reactor Netty. One client and one connection pool per provider instance.
 */
@NullMarked
package io.aicore.llm.http;

import org.jspecify.annotations.NullMarked;
