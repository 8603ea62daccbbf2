package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.WireEvent;
import io.aicore.llm.codec.WireRequest;
import io.aicore.llm.codec.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.http.HttpTransport;
import io.aicore.llm.http.StreamReader;
import io.aicore.llm.http.Timeouts;
import io.aicore.retry.Attempt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.ContextView;

/** One exchange: encode, send, then decode or classify. The attempt's number goes out as {@code x-retry-count}. */
final class WireAttempts implements Attempts {

    // How long a stream may take to end its connection in good order once its last event has come: then the connection
    // can serve another call. A host that holds it open longer loses it.
    private static final Duration GOOD_ORDER = Duration.ofMillis(200);

    private final HttpTransport transport;
    private final ChatCodec codec;
    private final LlmConfig config;
    private final Scheduler scheduler;

    WireAttempts(HttpTransport transport, ChatCodec codec, LlmConfig config, Scheduler scheduler) {
        this.transport = transport;
        this.codec = codec;
        this.config = config;
        this.scheduler = scheduler;
    }

    @Override
    public Mono<Completion> complete(CompletionRequest request, Timeouts timeouts) {
        return Mono.deferContextual(context -> transport.send(encode(request, false, context), timeouts))
                .map(response -> read(request, response))
                .onErrorMap(LlmException.class, cleaned(request));
    }

    @Override
    public Flux<CompletionChunk> stream(CompletionRequest request, Timeouts timeouts) {
        return Flux.deferContextual(
                        context -> transport.stream(encode(request, true, context), timeouts, new Reader(request)))
                .onErrorMap(LlmException.class, cleaned(request));
    }

    private WireRequest encode(CompletionRequest request, boolean stream, ContextView context) {
        WireRequest wire = linked(() -> codec.encode(request, stream));
        Map<String, String> headers = new HashMap<>(wire.headers());
        if (config.retryCountHeader()) {
            headers.put("x-retry-count", String.valueOf(Attempt.current(context).number() - 1));
        }
        headers.putAll(config.headers());
        return new WireRequest(wire.method(), wire.path(), headers, wire.body());
    }

    private Completion read(CompletionRequest request, WireResponse response) {
        return linked(() -> {
            if (!response.successful()) {
                throw codec.classify(request, response);
            }
            return codec.decode(request, response);
        });
    }

    /**
     * Libraries of versions that do not fit, Jackson's for example, show as a LinkageError, which Reactor takes for the end
     * of the JVM and passes to nobody: as an exception it ends the call.
     */
    private static <T> T linked(Supplier<T> work) {
        try {
            return work.get();
        } catch (LinkageError e) {
            throw new IllegalStateException("libraries on the class path do not fit together", e);
        }
    }

    private Function<LlmException, Throwable> cleaned(CompletionRequest request) {
        return failure -> Redaction.clean(failure, config.apiKey(), request);
    }

    /** Reads one exchange that was asked for as a stream. */
    private final class Reader implements StreamReader<CompletionChunk> {

        private final CompletionRequest request;

        Reader(CompletionRequest request) {
            this.request = request;
        }

        @Override
        public Publisher<CompletionChunk> response(WireResponse whole) {
            // Also a success: some hosts answer a stream's request with a whole answer, or with an error in a 200.
            return Mono.fromSupplier(() -> read(request, whole)).flatMapIterable(LlmBaseProvider::chunks);
        }

        @Override
        public Publisher<CompletionChunk> events(WireResponse head, Flux<WireEvent> events) {
            StreamDecoder decoder = codec.streamDecoder(request, head);
            Sinks.Empty<Void> ended = Sinks.empty();
            // One event at a time, and a failure only after the chunks before it: a slow caller loses nothing.
            return events.takeUntilOther(ended.asMono().then(Mono.delay(GOOD_ORDER, scheduler)))
                    .map(event -> {
                        List<CompletionChunk> chunks = linked(() -> decoder.decode(event));
                        if (decoder.ended()) {
                            ended.tryEmitEmpty();
                        }
                        return Flux.fromIterable(chunks);
                    })
                    .onErrorResume(error -> decoder.ended() ? Mono.empty() : Mono.just(Flux.error(error)))
                    .concatMap(Function.identity(), 0)
                    .concatWith(Flux.defer(() -> Flux.fromIterable(decoder.end())));
        }
    }
}
