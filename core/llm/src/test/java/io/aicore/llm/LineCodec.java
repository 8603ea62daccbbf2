package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
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

/** The simplest protocol there could be: the body is the text, each event is a token, {@code END} is the end. */
final class LineCodec implements ChatCodec {

    @Override
    public WireRequest encode(CompletionRequest request, boolean stream) {
        String prompt = request.messages().get(0).text();
        if (prompt.equals("unencodable")) {
            throw new IllegalStateException("a bug in encode");
        }
        if (prompt.equals("unasserted in encode")) {
            throw new AssertionError("not so");
        }
        return WireRequest.post("/ask", Map.of("authorization", "key"), prompt.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Completion decode(CompletionRequest request, WireResponse response) {
        if (response.text().equals("unasserted")) {
            throw new AssertionError("not so");
        }
        if (response.text().equals("unlinked")) {
            throw new NoSuchMethodError("of another version");
        }
        if (response.text().equals("undecodable")) {
            throw new IllegalStateException("a bug in decode");
        }
        return Completion.of(response.text());
    }

    @Override
    public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
        if (request.messages().get(0).text().equals("undecoded")) {
            throw new NoSuchMethodError("of another version");
        }
        return new StreamDecoder() {
            private boolean ended;

            @Override
            public List<CompletionChunk> decode(WireEvent event) {
                if (event.data().equals("unasserted")) {
                    throw new AssertionError("not so");
                }
                if (event.data().equals("unlinked")) {
                    throw new NoSuchMethodError("of another version");
                }
                if (event.data().equals("undecodable")) {
                    throw new IllegalStateException("a bug in decode");
                }
                ended = event.data().equals("END");
                return ended ? List.of() : List.of(CompletionChunk.text(event.data()));
            }

            @Override
            public boolean ended() {
                return ended;
            }

            @Override
            public List<CompletionChunk> end() {
                if (!ended) {
                    throw failure(ErrorCategory.INCOMPLETE_STREAM, null, "no END", Phase.BODY);
                }
                return List.of();
            }
        };
    }

    @Override
    public LlmException classify(CompletionRequest request, WireResponse response) {
        LlmException failure =
                failure(category(response.status()), response.status(), response.text(), Phase.FIRST_BYTE);
        String seconds = response.headers().first("retry-after").orElse(null);
        return seconds == null
                ? failure
                : LlmException.of(failure.details().retryAfter(Duration.ofSeconds(Long.parseLong(seconds))));
    }

    private static ErrorCategory category(int status) {
        return switch (status) {
            case 401 -> ErrorCategory.AUTHENTICATION;
            case 404 -> ErrorCategory.NOT_FOUND;
            case 429 -> ErrorCategory.RATE_LIMITED;
            default -> ErrorCategory.SERVER_ERROR;
        };
    }

    private static LlmException failure(ErrorCategory category, Integer status, String words, Phase phase) {
        return LlmException.of(ErrorDetails.of("line", category, true, "the server failed")
                .response(status, null, null)
                .phase(phase)
                .providerMessage(words));
    }
}
