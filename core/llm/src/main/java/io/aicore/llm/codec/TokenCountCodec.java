package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionRequest;

/** How a wire protocol counts the tokens of a request without answering it. */
public interface TokenCountCodec extends PlainCodec<CompletionRequest, Long> {}
