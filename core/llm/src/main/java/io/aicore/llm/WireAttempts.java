package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.DistinctCalls;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.NamedCalls;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.embedding.Embeddings;
import io.aicore.llm.error.ConnectionException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.http.EventReader;
import io.aicore.llm.http.HttpTransport;
import io.aicore.llm.http.StreamReader;
import io.aicore.llm.http.StreamWaits;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** The attempts of a provider with a wire protocol. The number of retries is sent as {@code x-retry-count}. */
final class WireAttempts implements Attempts {

    private final String provider;
    private final HttpTransport transport;
    private final Protocol protocol;
    private final RequestPreparer outgoing;
    private final Scheduler scheduler;

    WireAttempts(String provider, HttpTransport transport, Protocol protocol, LlmConfig config, Scheduler scheduler) {
        this.provider = provider;
        this.transport = transport;
        this.protocol = protocol;
        this.outgoing = new RequestPreparer(provider, transport, config, protocol.authorizer(), scheduler);
        this.scheduler = scheduler;
    }

    @Override
    public Ready<Mono<Completion>> complete(
            CompletionRequest request, AttemptContext attemptContext, ContextView context) {
        ChatCodec codec = protocol.chat();
        return codec == null
                ? notOffered("completions", Mono.empty())
                : whole(new CompletionOperation(codec, request, attemptContext.resumeState()), attemptContext, context);
    }

    @Override
    public Ready<Flux<CompletionChunk>> stream(
            CompletionRequest request, AttemptContext attemptContext, StreamWaits waits, ContextView context) {
        ChatCodec codec = protocol.chat();
        if (codec == null) {
            return notOffered("completions", Flux.empty());
        }
        RequestPreparer.PreparedRequest prepared = outgoing.prepared(
                () -> CallerWords.of(request), attemptContext.timeouts().connect(), context);
        DeliveryTracker interrupted = attemptContext.resumeState().interrupted();
        WireRequest rest = interrupted == null ? null : interrupted.rest();
        EncodedRequest wire = new EncodedRequest(() -> rest == null ? codec.encode(request, true) : rest);
        StreamDecoder decoder = interrupted == null ? null : interrupted.decoder();
        Flux<CompletionChunk> exchange = Flux.defer(() -> transport.stream(
                prepared.addressed(wire.take()),
                attemptContext.timeouts(),
                waits,
                attemptContext.resent(),
                new Reader(codec, request, attemptContext, prepared, decoder)));
        return new Ready<>(prepared.credential(wire), exchange, prepared::returned);
    }

    @Override
    public Ready<Mono<Embeddings>> embed(EmbeddingRequest request, AttemptContext attemptContext, ContextView context) {
        EmbeddingCodec codec = protocol.embeddings();
        return codec == null
                ? notOffered("embeddings", Mono.empty())
                : whole(new EmbeddingOperation(codec, request, provider), attemptContext, context);
    }

    @Override
    public List<String> warnings(CompletionRequest request) {
        ChatCodec codec = protocol.chat();
        return codec == null ? List.of() : codec.warnings(request);
    }

    @Override
    public int maxInputs(EmbeddingRequest request) {
        EmbeddingCodec codec = protocol.embeddings();
        return codec == null ? Integer.MAX_VALUE : codec.maxInputs(request);
    }

    @Override
    public Ready<Mono<Long>> countTokens(
            CompletionRequest request, AttemptContext attemptContext, ContextView context) {
        TokenCountCodec codec = protocol.tokenCount();
        return codec == null
                ? notOffered("token counting", Mono.empty())
                : whole(new TokenCountOperation(codec, request), attemptContext, context);
    }

    private <A> Ready<Mono<A>> whole(
            WireExchange.Operation<A> operation, AttemptContext attemptContext, ContextView context) {
        RequestPreparer.PreparedRequest prepared =
                outgoing.prepared(operation::texts, attemptContext.timeouts().connect(), context);
        EncodedRequest first = new EncodedRequest(operation::encode);
        return new Ready<>(
                prepared.credential(first),
                new WireExchange<>(transport, prepared, first, operation, attemptContext, scheduler));
    }

    private <P> Ready<P> notOffered(String what, P nothing) {
        return new Ready<>(Mono.error(() -> FailureMapping.notOffered(provider, what)), nothing);
    }

    static LlmException malformed(String provider, @Nullable String model, boolean retryable, String why) {
        ErrorDetails details = ErrorDetails.of(provider, ErrorCategory.MALFORMED_RESPONSE, retryable, why);
        return new MalformedResponseException(details.model(model).phase(Phase.BODY), null);
    }

    /** Reads one exchange that was requested as a stream. */
    private final class Reader implements StreamReader<CompletionChunk> {

        private final ChatCodec codec;
        private final CompletionRequest request;
        private final AttemptContext attemptContext;
        private final RequestPreparer.PreparedRequest prepared;
        private final @Nullable StreamDecoder interrupted;

        /**
         * @param interrupted the decoder of the stream that this exchange resumes; null for a new stream
         */
        Reader(
                ChatCodec codec,
                CompletionRequest request,
                AttemptContext attemptContext,
                RequestPreparer.PreparedRequest prepared,
                @Nullable StreamDecoder interrupted) {
            this.codec = codec;
            this.request = request;
            this.attemptContext = attemptContext;
            this.prepared = prepared;
            this.interrupted = interrupted;
        }

        @Override
        public StreamFormat format() {
            return EncodedRequest.linked(codec::streamFormat);
        }

        @Override
        public void head(WireResponse head) {
            attemptContext.responses().accept(prepared.heard(head));
        }

        @Override
        public List<CompletionChunk> response(WireResponse whole) {
            // Also a success: some hosts answer a stream's request with a whole answer, or with an error in a 200.
            Completion answer = EncodedRequest.linked(() -> CompletionOperation.read(codec, request, whole));
            if (interrupted != null) {
                // It would repeat what was delivered.
                throw malformed(
                        provider, request.model(), true, "a whole answer came instead of the rest of the stream");
            }
            return LlmBaseProvider.chunks(answer);
        }

        @Override
        public EventReader<CompletionChunk> events(WireResponse head) {
            StreamDecoder decoder = EncodedRequest.linked(() -> decoder(head));
            return new Events(attemptContext.resumeState().streaming(decoder));
        }

        private StreamDecoder decoder(WireResponse head) {
            if (interrupted != null) {
                interrupted.resumed(head);
                return interrupted;
            }
            StreamDecoder decoder = WholeCharacters.in(
                    Objects.requireNonNull(codec.streamDecoder(request, head), "the codec gave no decoder"));
            return NamedCalls.in(request, DistinctCalls.in(request.messages(), decoder));
        }
    }

    /** Reads the events of one stream. */
    private record Events(DeliveryTracker transit) implements EventReader<CompletionChunk> {

        @Override
        public List<CompletionChunk> read(WireEvent event) {
            return EncodedRequest.linked(() -> transit.decode(event));
        }

        @Override
        public boolean ended() {
            return EncodedRequest.linked(transit.decoder()::ended);
        }

        @Override
        public boolean isCompleteDespite(Throwable error) {
            return ended() || (error instanceof ConnectionException && EncodedRequest.linked(transit.decoder()::whole));
        }

        @Override
        public List<CompletionChunk> end() {
            return EncodedRequest.linked(transit::end);
        }
    }
}
