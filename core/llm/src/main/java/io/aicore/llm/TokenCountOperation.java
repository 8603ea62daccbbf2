package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The number of tokens of a request. */
record TokenCountOperation(TokenCountCodec codec, CompletionRequest request) implements WireExchange.Operation<Long> {

    @Override
    public WireRequest encode() {
        return codec.encode(request);
    }

    @Override
    public List<String> texts() {
        return CallerWords.of(request);
    }

    @Override
    public @Nullable String model() {
        return request.model();
    }

    @Override
    public Long read(WireResponse response) {
        if (!response.successful()) {
            throw codec.classify(request, response);
        }
        return codec.decode(request, response);
    }
}
