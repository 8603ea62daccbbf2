/**
 * Amazon Bedrock's Converse API. {@link io.aicore.bedrock.BedrockCodec} is the protocol, {@link
 * io.aicore.bedrock.EventStream} how its streams are framed, {@link io.aicore.bedrock.BedrockProviderFactory} what can be
 * configured of it; signing is in {@link io.aicore.bedrock.auth}.
 */
@NullMarked
package io.aicore.bedrock;

import org.jspecify.annotations.NullMarked;
