/**
 * Amazon Bedrock's Converse API. {@link io.aicore.bedrock.BedrockCodec} is the protocol,
 * {@link io.aicore.bedrock.EventStream} the framing of its streams; {@link io.aicore.bedrock.BedrockProviderFactory}
 * documents its configuration; signing is in {@link io.aicore.bedrock.auth}.
 */
@NullMarked
package io.aicore.bedrock;

import org.jspecify.annotations.NullMarked;
