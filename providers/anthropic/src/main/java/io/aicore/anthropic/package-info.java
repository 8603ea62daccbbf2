/**
 * Anthropic's Messages API. {@link io.aicore.anthropic.AnthropicCodec} is the protocol;
 * {@link io.aicore.anthropic.AnthropicProviderFactory} documents its configuration.
 */
@NullMarked
package io.aicore.anthropic;

import org.jspecify.annotations.NullMarked;
