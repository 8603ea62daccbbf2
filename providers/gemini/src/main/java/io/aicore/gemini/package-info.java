/**
 * Google's generateContent, on the Gemini API and on Vertex AI. {@link io.aicore.gemini.GeminiCodec} is the protocol;
 * {@link io.aicore.gemini.Endpoint} has the differences between the two.
 */
@NullMarked
package io.aicore.gemini;

import org.jspecify.annotations.NullMarked;
