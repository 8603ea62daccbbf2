package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A protocol whose answers may be fetched later ({@code later} instead of an answer), and whose streams are numbered: {@code
 * 1:a} is an event, {@code 0:} says who answers, {@code END} is the end, {@code BROKEN} a failure of the provider's own.
 */
final class NumberedCodec implements ChatCodec {

    private final Duration later;

    NumberedCodec() {
        this(Duration.ofMillis(1));
    }

    /** @param later the delay before an answer is fetched */
    NumberedCodec(Duration later) {
        this.later = later;
    }

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        return WireRequest.post(
                "/ask", Map.of(), request.messages().get(0).text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
        return response.text().equals("later")
                ? new FollowUp(WireRequest.get("/fetch", Map.of("x-mine", "yes")), later)
                : null;
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        if (response.text().equals("BROKEN")) {
            throw failure(ErrorCategory.SERVER_ERROR, 500, Phase.BODY);
        }
        return Completion.of(response.text());
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        return new Decoder();
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        return failure(ErrorCategory.SERVER_ERROR, response.status(), Phase.FIRST_BYTE);
    }

    private static LlmException failure(ErrorCategory category, @Nullable Integer status, Phase phase) {
        return LlmException.of(ErrorDetails.of("numbered", category, true, "the server failed")
                .response(status, null, null)
                .phase(phase));
    }

    private static final class Decoder implements StreamDecoder {

        private int last = -1;
        private boolean broken;
        private boolean ended;

        @Override
        public List<CompletionChunk> decode(WireEvent event) {
            ended = event.data().equals("END");
            broken = event.data().equals("BROKEN");
            if (broken) {
                throw failure(ErrorCategory.SERVER_ERROR, 500, Phase.BODY);
            }
            if (ended) {
                return List.of();
            }
            int colon = event.data().indexOf(':');
            last = Integer.parseInt(event.data().substring(0, colon));
            String text = event.data().substring(colon + 1);
            return text.isEmpty() ? List.of() : List.of(CompletionChunk.text(text));
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public List<CompletionChunk> end() {
            if (!ended) {
                throw failure(ErrorCategory.INCOMPLETE_STREAM, null, Phase.BODY);
            }
            return List.of();
        }

        @Override
        public @Nullable WireRequest resume() {
            return broken || last < 0 ? null : WireRequest.get("/rest?after=" + last, Map.of());
        }
    }
}
