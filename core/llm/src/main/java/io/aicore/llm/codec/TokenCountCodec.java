package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionRequest;

/** A wire protocol for counting the tokens of a request. */
public interface TokenCountCodec extends PlainCodec<CompletionRequest, Long> {}
