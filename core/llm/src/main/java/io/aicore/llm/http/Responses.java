package io.aicore.llm.http;

import io.aicore.limit.Guard;
import io.aicore.llm.codec.wire.StreamFormat;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.MalformedResponseException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClientResponse;

/** Reads the responses of a transport, of which the head has arrived. */
final class Responses {

    private static final byte[] NOTHING = {};
    private static final long UNKNOWN = -1;

    private final HttpSettings settings;
    private final TransportErrors faults;
    private final ReadArrays arrays = new ReadArrays();
    private final HeaderNames names = new HeaderNames();
    private final InstantSource clock = InstantSource.system();

    Responses(HttpSettings settings, TransportErrors faults) {
        this.settings = settings;
        this.faults = faults;
    }

    /** What the reader makes of the response to a request for a stream. */
    <T> Publisher<T> read(
            HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch, StreamReader<T> reader) {
        StreamFormat format = reader.format();
        boolean declared = declares(head, format);
        reader.head(response(head, NOTHING));
        if (isSuccess(head) && (format.isText() || declared)) {
            Incoming incoming = new Incoming(format, declared, settings, faults);
            return new StreamBody<>(
                    plain(head, content, watch),
                    new StreamElements<>(incoming, reader, body -> response(head, body), watch, faults, arrays));
        }
        return whole(head, timed(content, watch), watch)
                .flatMapIterable(response -> Guard.call("the reader", () -> reader.response(response)));
    }

    /** The body as the server has made it; a body that is not encoded stays as it comes. */
    private Flux<ByteBuf> plain(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        String encodings = encodings(head);
        return encodings.isEmpty()
                ? content
                : Inflation.decoded(timed(content, watch).map(BodyBuffer::bytes), encodings, faults)
                        .map(Unpooled::wrappedBuffer);
    }

    private static Flux<ByteBuf> timed(Flux<ByteBuf> content, ExchangeTimers watch) {
        return content.doOnRequest(n -> watch.waiting()).doOnNext(buffer -> {
            watch.arrived();
            watch.waiting();
        });
    }

    /** The whole response, whatever its status. */
    Mono<WireResponse> whole(HttpClientResponse head, Flux<ByteBuf> content, ExchangeTimers watch) {
        String encodings = encodings(head);
        if (!isSuccess(head)) {
            return refusal(head, Inflation.decoded(content.map(BodyBuffer::bytes), encodings, faults), watch);
        }
        Function<byte[], WireResponse> response = whole -> response(head, whole);
        return encodings.isEmpty()
                ? new WholeBody(content, buffer(announced(head)), response, watch, faults)
                : Inflation.decoded(limited(content.map(BodyBuffer::bytes)), encodings, faults)
                        .collect(() -> buffer(UNKNOWN), BodyBuffer::add)
                        .onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                        .map(whole -> response.apply(whole.whole()));
    }

    /** Fails beyond the limit: a large encoded body may decode to a small one. */
    private Flux<byte[]> limited(Flux<byte[]> body) {
        long[] left = {settings.maxResponseBytes()};
        return body.doOnNext(bytes -> {
            left[0] -= bytes.length;
            if (left[0] < 0) {
                throw faults.bodyTooLarge();
            }
        });
    }

    /**
     * Reads a response with an error status. The body only adds detail: what exceeds the limit, was lost with the
     * connection or cannot be decoded is omitted. Who refuses a request may well not read it to its end, or be about to
     * go down: then the connection breaks.
     */
    private Mono<WireResponse> refusal(HttpClientResponse head, Flux<byte[]> content, ExchangeTimers watch) {
        BodyBuffer body = buffer(UNKNOWN);
        return content.takeWhile(body::addWhatFits)
                .onErrorComplete(MalformedResponseException.class)
                .onErrorComplete(error -> TransportErrors.isEndOfConnection(error) && !watch.hasExpired())
                .onErrorMap(error -> watch.timeoutOr(faults.inBody(error)))
                .then(Mono.fromSupplier(() -> response(head, body.whole())));
    }

    private BodyBuffer buffer(long announced) {
        return new BodyBuffer(settings.maxResponseBytes(), announced, faults);
    }

    private static long announced(HttpClientResponse head) {
        String length = head.responseHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? UNKNOWN : Long.parseLong(length);
        } catch (NumberFormatException unusable) {
            return UNKNOWN;
        }
    }

    private static String encodings(HttpClientResponse head) {
        return head.responseHeaders().contains(HttpHeaderNames.CONTENT_ENCODING)
                ? String.join(",", head.responseHeaders().getAll(HttpHeaderNames.CONTENT_ENCODING))
                : "";
    }

    private WireResponse response(HttpClientResponse head, byte[] body) {
        WireHeaders headers = WireHeaders.in(new NettyHeaders(head.responseHeaders(), names));
        return new WireResponse(head.status().code(), headers, body, clock.instant());
    }

    /** The headers as they came. */
    private record NettyHeaders(HttpHeaders headers, HeaderNames known) implements WireHeaders.Source {

        @Override
        public @Nullable String first(String name) {
            return headers.get(name);
        }

        @Override
        public void forEachName(Consumer<? super String> name) {
            Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
            while (each.hasNext()) {
                name.accept(known.lower(each.next().getKey()));
            }
        }
    }

    private static boolean isSuccess(HttpClientResponse head) {
        return head.status().code() / 100 == 2;
    }

    private static boolean declares(HttpClientResponse head, StreamFormat format) {
        String type = head.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE, "");
        int end = type.indexOf(';');
        String mediaType = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return mediaType.isEmpty() || format.matches(mediaType);
    }
}
