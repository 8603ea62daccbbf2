package io.aicore.llm.codec.completions;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.StreamDecoder;
import java.util.List;
import java.util.Map;

/**
 * Chat completions in a host's dialect: requests, plain answers, streams, usage, and errors in 2xx responses. Of
 * several choices ({@code n > 1} in a request's extra fields) the one with index 0 is the answer.
 */
public final class ChatCompletions extends JsonChatCodec {

    private final ChatDialect dialect;

    /**
     * Creates the protocol for this endpoint.
     *
     * @param dialect the host's differences from what most hosts support
     */
    public ChatCompletions(JsonEndpoint endpoint, ChatDialect dialect) {
        super(endpoint);
        this.dialect = dialect;
    }

    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        return new RequestWriter(dialect).body(request, stream);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        return dialect.warnings(request).list();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        return dialect.holdsToSchemas(request.model());
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        return new AnswerReader(answer, dialect).read();
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new ChunkDecoder(answer, dialect);
    }
}
