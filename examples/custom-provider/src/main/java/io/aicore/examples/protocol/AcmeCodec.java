package io.aicore.examples.protocol;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.JsonChatCodec;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Acme's protocol: words in, words out. What would change the answer is refused, what only shapes it is warned of. */
final class AcmeCodec extends JsonChatCodec {

    AcmeCodec(JsonEndpoint endpoint) {
        super(endpoint);
    }

    // README: own-protocol
    @Override
    protected Map<String, Object> body(CompletionRequest request, boolean stream) {
        if (!request.tools().isEmpty() || request.responseFormat() != null || request.reasoningEffort() != null) {
            throw new NotOnTheWireException("tools, a response format or a reasoning effort: Acme knows none of them");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        ChatJson.put(body, "model", request.model());
        body.put("turns", request.messages().stream().map(AcmeCodec::turn).toList());
        ChatJson.put(body, "limit", request.sampling().maxTokens());
        body.put("stream", stream);
        body.putAll(request.extra());
        return body;
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        Sampling sampling = request.sampling();
        String why = "Acme has no such field";
        return new RequestWarnings(request, Set.of())
                .withoutSeed()
                .leftOut(sampling.temperature() != null, "temperature", why)
                .leftOut(sampling.topP() != null, "topP", why)
                .leftOut(!sampling.stop().isEmpty(), "stop", why)
                .list();
    }

    @Override
    protected Completion read(JsonAnswer answer) {
        JsonFields tree = answer.tree(JsonAnswer::hasError);
        String reason = tree.string("reason");
        if (reason == null) {
            throw answer.malformed("no_reason", "the answer does not say why it ended");
        }
        FinishReason finish = finish(reason);
        Completion completion =
                Completion.of(tree.text("text")).finish(finish, reason).usage(usage(tree));
        return finish.allowsEmpty() ? completion : answer.answered(completion);
    }

    @Override
    protected StreamDecoder reader(JsonAnswer answer) {
        return new AcmeStream(answer);
    }
    // README end

    static FinishReason finish(String reason) {
        return switch (reason) {
            case "done" -> FinishReason.STOP;
            case "limit" -> FinishReason.LENGTH;
            default -> FinishReason.UNKNOWN;
        };
    }

    static Usage usage(JsonFields tree) {
        return Usage.of(tree.count("in"), tree.count("out"));
    }

    private static Map<String, Object> turn(Message message) {
        String words = message.content().stream()
                .map(part ->
                        part.<String>fold(Content.Text::text, image -> refused("an image"), file -> refused("a file")))
                .collect(Collectors.joining());
        return ChatJson.ordered("who", ChatJson.role(message), "says", words);
    }

    private static String refused(String what) {
        throw new NotOnTheWireException(what + ", which Acme does not take (expected: text)");
    }
}
