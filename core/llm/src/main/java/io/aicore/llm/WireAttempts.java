package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.DistinctCalls;
import io.aicore.llm.codec.EmbeddingCodec;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.NamedCalls;
import io.aicore.llm.codec.PlainCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.TokenCountCodec;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.failure.ErrorClassifier;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** One exchange: encode, send, then decode or classify. The number of retries is sent as {@code x-retry-count}. */
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
    public Mono<Ready<Mono<Completion>>> complete(CompletionRequest request, AttemptContext attemptContext) {
        ChatCodec codec = protocol.chat();
        if (codec == null) {
            return notOffered("completions");
        }
        return Mono.deferContextual(context -> {
            RequestPreparer.PreparedRequest prepared = prepared(() -> CallerWords.of(request), attemptContext, context);
            FollowUp announced = attemptContext.resumeState().announced();
            Encoded first = new Encoded(() -> announced == null ? codec.encode(request, false) : announced.request());
            AnswerPolling fetching = new AnswerPolling(
                    provider, codec, request, attemptContext.resumeState(), attemptContext.timeouts(), scheduler);
            return ready(
                    prepared,
                    first,
                    () -> fetching.answer(first.get(), wire -> exchange(prepared, wire, attemptContext))
                            .map(response -> linked(() -> read(codec, request, response)))
                            .onErrorResume(LlmException.class, failure -> thoughts(failure, context)));
        });
    }

    /** Some hosts put the whole answer into the reasoning; a typed call reads it there too. */
    private static Mono<Completion> thoughts(LlmException failure, ContextView context) {
        Completion thoughts = failure.partial();
        boolean wanted =
                ErrorClassifier.REASONING_ONLY.equals(failure.code()) && context.hasKey(TypedCall.LOOKS_IN_THOUGHTS);
        return wanted && thoughts != null ? Mono.just(thoughts) : Mono.error(failure);
    }

    @Override
    public Mono<Ready<Flux<CompletionChunk>>> stream(
            CompletionRequest request, AttemptContext attemptContext, StreamWaits waits) {
        ChatCodec codec = protocol.chat();
        if (codec == null) {
            return notOffered("completions");
        }
        return Mono.deferContextual(context -> {
            RequestPreparer.PreparedRequest prepared = prepared(() -> CallerWords.of(request), attemptContext, context);
            DeliveryTracker interrupted = attemptContext.resumeState().interrupted();
            WireRequest rest = interrupted == null ? null : interrupted.rest();
            Encoded wire = new Encoded(() -> rest == null ? codec.encode(request, true) : rest);
            StreamDecoder decoder = interrupted == null ? null : interrupted.decoder();
            Flux<CompletionChunk> exchange = Flux.defer(() -> transport.stream(
                            prepared.addressed(wire.get()),
                            attemptContext.timeouts(),
                            waits,
                            attemptContext.resent(),
                            new Reader(codec, request, attemptContext, prepared, decoder)))
                    .onErrorMap(LlmException.class, prepared::returned);
            return credential(prepared, wire).map(credential -> new Ready<>(credential, exchange));
        });
    }

    @Override
    public Mono<Ready<Mono<Embeddings>>> embed(EmbeddingRequest request, AttemptContext attemptContext) {
        EmbeddingCodec codec = protocol.embeddings();
        return codec == null
                ? notOffered("embeddings")
                : plain(codec, request, () -> CallerWords.of(request), attemptContext)
                        .map(ready -> ready.exchange(vectors -> vectors.handle((answer, sink) -> {
                            if (answer.vectors().size() == request.inputs().size()) {
                                sink.next(answer);
                            } else {
                                sink.error(miscounted(answer.vectors().size(), request));
                            }
                        })));
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
    public Mono<Ready<Mono<Long>>> countTokens(CompletionRequest request, AttemptContext attemptContext) {
        TokenCountCodec codec = protocol.tokenCount();
        return codec == null
                ? notOffered("token counting")
                : plain(codec, request, () -> CallerWords.of(request), attemptContext);
    }

    private <Q, A> Mono<Ready<Mono<A>>> plain(
            PlainCodec<Q, A> codec, Q question, Supplier<List<String>> texts, AttemptContext attemptContext) {
        return Mono.deferContextual(context -> {
            RequestPreparer.PreparedRequest prepared = prepared(texts, attemptContext, context);
            Encoded wire = new Encoded(() -> codec.encode(question));
            return ready(
                    prepared,
                    wire,
                    () -> exchange(prepared, wire.get(), attemptContext)
                            .map(response -> linked(() -> {
                                if (!response.successful()) {
                                    throw codec.classify(question, response);
                                }
                                return codec.decode(question, response);
                            })));
        });
    }

    private RequestPreparer.PreparedRequest prepared(
            Supplier<List<String>> texts, AttemptContext attemptContext, ContextView context) {
        return outgoing.prepared(texts, attemptContext.timeouts().connect(), context);
    }

    private static <A> Mono<Ready<Mono<A>>> ready(
            RequestPreparer.PreparedRequest prepared, Encoded first, Supplier<Mono<A>> exchange) {
        Mono<A> answer = Mono.defer(exchange).onErrorMap(LlmException.class, prepared::returned);
        return credential(prepared, first).map(credential -> new Ready<>(credential, answer));
    }

    private static Mono<String> credential(RequestPreparer.PreparedRequest prepared, Encoded first) {
        return prepared.credential(first).onErrorMap(LlmException.class, prepared::returned);
    }

    private Mono<WireResponse> exchange(
            RequestPreparer.PreparedRequest prepared, WireRequest wire, AttemptContext attemptContext) {
        return transport
                .send(prepared.addressed(wire), attemptContext.timeouts(), attemptContext.resent())
                .doOnNext(head -> attemptContext.responses().accept(prepared.heard(head)));
    }

    private static Completion read(ChatCodec codec, CompletionRequest request, WireResponse response) {
        if (!response.successful()) {
            throw codec.classify(request, response);
        }
        Completion answer = WholeCharacters.in(UnaskedStream.decode(codec, request, response));
        return NamedCalls.in(request, DistinctCalls.in(request.messages(), answer));
    }

    private <T> Mono<T> notOffered(String what) {
        return Mono.error(() -> FailureMapping.notOffered(provider, what));
    }

    private LlmException miscounted(int vectors, EmbeddingRequest request) {
        return malformed(
                request.model(),
                false,
                "the response has " + vectors + " embeddings for "
                        + request.inputs().size() + " texts");
    }

    private LlmException malformed(@Nullable String model, boolean retryable, String why) {
        ErrorDetails details = ErrorDetails.of(provider, ErrorCategory.MALFORMED_RESPONSE, retryable, why);
        return new MalformedResponseException(details.model(model).phase(Phase.BODY), null);
    }

    /**
     * Incompatible library versions, of Jackson for example, cause a LinkageError. Reactor treats it, and a
     * StackOverflowError, as fatal and does not deliver it: as an exception it ends the call.
     */
    private static <T> T linked(Supplier<T> work) {
        try {
            return work.get();
        } catch (LinkageError e) {
            throw new IllegalStateException("incompatible library versions on the class path", e);
        } catch (StackOverflowError e) {
            throw new IllegalStateException("what was to be written or read is nested too deeply", e);
        }
    }

    /** A request that is encoded on first use: to be authorized, or to be sent. */
    private static final class Encoded implements Supplier<WireRequest> {

        private final Supplier<WireRequest> encode;
        private @Nullable WireRequest known;

        Encoded(Supplier<WireRequest> encode) {
            this.encode = encode;
        }

        @Override
        public WireRequest get() {
            WireRequest wire = known;
            if (wire == null) {
                wire = linked(encode);
                known = wire;
            }
            return wire;
        }
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
            return codec.streamFormat();
        }

        @Override
        public void head(WireResponse head) {
            attemptContext.responses().accept(prepared.heard(head));
        }

        @Override
        public List<CompletionChunk> response(WireResponse whole) {
            // Also a success: some hosts answer a stream's request with a whole answer, or with an error in a 200.
            Completion answer = linked(() -> read(codec, request, whole));
            if (interrupted != null) {
                // It would repeat what was delivered.
                throw malformed(request.model(), true, "a whole answer came instead of the rest of the stream");
            }
            return LlmBaseProvider.chunks(answer);
        }

        @Override
        public EventReader<CompletionChunk> events(WireResponse head) {
            StreamDecoder decoder = interrupted == null ? decoder(head) : interrupted;
            if (interrupted != null) {
                interrupted.resumed(head);
            }
            return new Events(attemptContext.resumeState().streaming(decoder));
        }

        private StreamDecoder decoder(WireResponse head) {
            StreamDecoder decoder = WholeCharacters.in(codec.streamDecoder(request, head));
            return NamedCalls.in(request, DistinctCalls.in(request.messages(), decoder));
        }
    }

    /** Reads the events of one stream. */
    private record Events(DeliveryTracker transit) implements EventReader<CompletionChunk> {

        @Override
        public List<CompletionChunk> read(WireEvent event) {
            return linked(() -> transit.decode(event));
        }

        @Override
        public boolean ended() {
            return transit.decoder().ended();
        }

        @Override
        public boolean isCompleteDespite(Throwable error) {
            return ended()
                    || (error instanceof ConnectionException
                            && transit.decoder().whole());
        }

        @Override
        public List<CompletionChunk> end() {
            return linked(transit::end);
        }
    }
}
