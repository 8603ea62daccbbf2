package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.json.TextForm;
import io.aicore.llm.codec.wire.Framing;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.internal.FailureState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A stream in response to a plain call, which is all that some gateways send. Its chunks are combined to the answer.
 */
final class UnaskedStream {

    private UnaskedStream() {}

    /** The answer in this 2xx response, in either form. */
    static Completion decode(ChatCodec codec, CompletionRequest request, WireResponse response) {
        StreamFormat format = codec.streamFormat().isText() ? StreamFormat.of(response.body()) : null;
        return format == null ? codec.decode(request, response) : folded(codec, request, response, format);
    }

    private static Completion folded(
            ChatCodec codec, CompletionRequest request, WireResponse response, StreamFormat format) {
        // The body is here already: it is the limit.
        byte[] body = response.body();
        Framing framing = format.framing(body.length, IllegalStateException::new);
        List<WireEvent> events =
                new ArrayList<>(framing.feed(Arrays.copyOfRange(body, TextForm.start(body), body.length)));
        events.addAll(framing.finish());
        WireResponse head = new WireResponse(response.status(), response.headers(), new byte[0], response.received());
        StreamDecoder decoder = WholeCharacters.in(codec.streamDecoder(request, head));
        CompletionFold fold = new CompletionFold();
        try {
            for (WireEvent event : events) {
                decoder.decode(event).forEach(fold::add);
            }
            decoder.end().forEach(fold::add);
        } catch (LlmException broken) {
            throw withPartial(broken, fold.completion());
        }
        return fold.completion();
    }

    private static LlmException withPartial(LlmException broken, Completion sofar) {
        boolean anything = !sofar.text().isEmpty()
                || sofar.reasoning() != null
                || sofar.refusal() != null
                || !sofar.toolCalls().isEmpty();
        return broken.partial() == null && anything ? FailureState.partial(broken, sofar) : broken;
    }
}
