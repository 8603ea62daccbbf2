/**
 * The SPI of wire protocols: encoding of requests, decoding of responses and streams, classification of failures. Pure
 * functions of values, without I/O, retry and threads, so that a protocol can be tested with tables.
 */
@NullMarked
package io.aicore.llm.codec;

import org.jspecify.annotations.NullMarked;
