package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.ErrorClassifier;
import io.aicore.llm.codec.JsonRequests;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireRequest;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.LlmException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * OpenAI's chat completions. Of an answer with several choices (a request with {@code n > 1} in its extra fields) only the
 * one with index 0 is read.
 */
final class OpenAiCodec implements ChatCodec {

    /** Stands in a path for the model of the request. */
    static final String MODEL = "{model}";

    // OpenAI's models before schemas; another host's of these names are no different.
    private static final Pattern WITHOUT_SCHEMAS =
            Pattern.compile("gpt-3\\.5.*|gpt-4(-.*)?|gpt-4o-2024-05-13|chatgpt-4o-latest|o1-(mini|preview).*");

    private final String path;
    private final JsonRequests requests;
    private final ErrorClassifier errors;
    private final RequestEncoder encoder;
    private final Dialect dialect;

    /**
     * @param name the provider's configured name
     * @param path appended to the base URL; {@code {model}} in it stands for the request's model
     * @param headers sent with every request, the key's among them
     */
    OpenAiCodec(String name, Dialect dialect, String path, Map<String, String> headers) {
        this.path = path;
        this.requests = new JsonRequests(name, headers);
        this.errors = new ErrorClassifier(name);
        this.encoder = new RequestEncoder(dialect);
        this.dialect = dialect;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String model = request.model() == null ? "" : request.model();
        String encodedModel = URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20");
        return requests.post(
                path.replace(MODEL, encodedModel), request.model(), stream, () -> encoder.body(request, stream));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        return new CompletionDecoder(errors, request.model(), response).decode();
    }

    @Override
    public boolean nativeJsonSchema(CompletionRequest request) {
        String model = request.model() == null ? "" : request.model();
        return dialect.jsonSchema() && !WITHOUT_SCHEMAS.matcher(model).matches();
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new OpenAiStreamDecoder(errors, request.model(), head, dialect.terminator());
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return errors.response(request.model(), response);
    }

    @Override
    public String toString() {
        return "OpenAiCodec[" + errors.provider() + ", " + path + "]";
    }
}
