package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static io.aicore.llm.http.Situations.data;
import static io.aicore.llm.http.Situations.transport;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.MalformedResponseException;
import io.aicore.testserver.FaultServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class InflationTest {

    private static final String TEXT = "{\"text\":\"Grüße " + "x".repeat(20_000) + "\"}";

    private final FaultServer server = FaultServer.start();
    private HttpTransport transport = transport(server.url());

    @AfterEach
    void close() {
        transport.dispose();
        server.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encoded(String how, byte[] bytes) {
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        try (OutputStream out = how.equals("gzip")
                ? new GZIPOutputStream(encoded)
                : new DeflaterOutputStream(encoded, new Deflater(Deflater.DEFAULT_COMPRESSION, how.equals("bare")))) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** A header with all that one may have: extra field, name, comment and its own checksum. */
    private static byte[] withAllFields(byte[] gzip) {
        byte[] header = {0x1f, (byte) 0x8b, 8, 0x1f, 0, 0, 0, 0, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 7, 7};
        return joined(header, Arrays.copyOfRange(gzip, 10, gzip.length));
    }

    private static byte[] decoded(byte[] body, String encodings, int size) {
        TransportErrors faults = new TransportErrors("acme", "host", HttpSettings.defaults());
        Flux<byte[]> pieces = Flux.range(0, (body.length + size - 1) / size)
                .map(i -> Arrays.copyOfRange(body, i * size, Math.min(body.length, (i + 1) * size)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Inflation.decoded(pieces, encodings, faults)
                .doOnNext(piece -> assertThat(piece.length).isBetween(1, Inflation.PIECE))
                .toStream()
                .forEach(all::writeBytes);
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip,gzip", "gzip,X-GZip", "zlib,deflate", "bare,deflate"})
    void decodesWhereverTheBytesAreCut(String how, String encoding) {
        byte[] body = encoded(how, utf8(TEXT));
        for (int size : new int[] {1, 2, 3, 7, 19, body.length}) {
            assertThat(decoded(body, encoding, size)).isEqualTo(utf8(TEXT));
        }
    }

    @Test
    void decodesOneMemberAfterTheOtherAndPaddingIsNone() {
        byte[] body = joined(
                encoded("gzip", utf8("one ")),
                withAllFields(encoded("gzip", utf8("two "))),
                encoded("gzip", new byte[0]),
                encoded("gzip", utf8("three")),
                new byte[20]);
        for (int size = 1; size <= body.length; size++) {
            assertThat(decoded(body, "gzip", size)).isEqualTo(utf8("one two three"));
        }
    }

    @Test
    void undoesSeveralInTurnAndTakesNoneForWhatItIs() {
        byte[] body = encoded("gzip", encoded("zlib", utf8("text")));
        assertThat(decoded(body, "deflate, gzip", 3)).isEqualTo(utf8("text"));
        assertThat(decoded(utf8("text"), "identity", 3)).isEqualTo(utf8("text"));
        assertThat(decoded(utf8("text"), "UTF-8", 3)).isEqualTo(utf8("text"));
        assertThat(decoded(new byte[0], "gzip", 3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zlib", "bare"})
    void aBodyCutAtAnyByteIsAnError(String how) {
        byte[] body = encoded(how, utf8("some text, and some text"));
        String encoding = how.equals("gzip") ? "gzip" : "deflate";
        for (int length = 1; length < body.length; length++) {
            byte[] cut = Arrays.copyOf(body, length);
            assertThatThrownBy(() -> decoded(cut, encoding, 5))
                    .as("%d of %d bytes", length, body.length)
                    .isInstanceOf(MalformedResponseException.class);
        }
    }

    @Test
    void aWrongChecksumOrNoGzipAtAllIsAnError() {
        byte[] body = encoded("gzip", utf8("some text"));
        body[body.length - 8] ^= 1;
        assertThatThrownBy(() -> decoded(body, "gzip", 5)).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> decoded(utf8("plain"), "gzip", 5)).hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, br"})
    void anEncodingThatNobodyKnowsIsNamed(String encodings) {
        server.always(
                exchange -> exchange.answer(200, "text/event-stream", utf8("abc"), "content-encoding: " + encodings));
        String name = encodings.replace("gzip, ", "");
        assertThatThrownBy(() -> data(transport).blockLast(PATIENCE))
                .isInstanceOfSatisfying(
                        LlmException.class,
                        failure -> assertThat(failure.retryable()).isFalse())
                .hasMessageContaining("content-encoding " + name);
        assertThatThrownBy(() -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE))
                .hasMessageContaining("content-encoding " + name);
    }

    @Test
    void aCompressedStreamGivesEachEventWhenItHasCome() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        GZIPOutputStream gzip = new GZIPOutputStream(bytes, 512, true);
        gzip.write(utf8("data: one\n\n"));
        gzip.flush();
        byte[] first = bytes.toByteArray();
        server.then(exchange -> {
            exchange.head(200, "content-type: text/event-stream", "content-encoding: gzip", "connection: close");
            exchange.write(first);
            exchange.awaitClientClose();
        });
        StepVerifier.create(data(transport)).expectNext("one").thenCancel().verify(PATIENCE);
        server.awaitClientClosed(1);
    }

    @Test
    void theLimitsHoldForWhatIsDecoded() {
        transport = HttpTransport.create(
                "acme",
                server.url(),
                HttpSettings.defaults().maxLineBytes(1_000).maxResponseBytes(1_000));
        server.always(exchange -> exchange.answer(
                200, "text/event-stream", encoded("gzip", utf8("data: " + TEXT + "\n\n")), "content-encoding: gzip"));
        assertThatThrownBy(() -> data(transport).blockLast(PATIENCE)).hasMessageContaining("maxLineBytes");
        assertThatThrownBy(() -> transport.send(chat(), Timeouts.defaults()).block(PATIENCE))
                .hasMessageContaining("maxResponseBytes");
    }

    @Test
    void aFailureKeepsItsStatusWhateverItsBodyIs() {
        byte[] said = encoded("zlib", utf8("{\"error\":\"slow down\"}"));
        server.then(exchange -> exchange.answer(429, "application/json", said, "content-encoding: deflate"))
                .then(exchange -> exchange.answer(503, "application/json", said, "content-encoding: gzip"))
                .then(exchange -> exchange.answer(500, "application/json", said, "content-encoding: br"));
        WireResponse read = transport.send(chat(), Timeouts.defaults()).block(PATIENCE);
        assertThat(read.text()).isEqualTo("{\"error\":\"slow down\"}");
        assertThat(data(transport).blockLast(PATIENCE)).isEqualTo("whole 503 ");
        assertThat(data(transport).blockLast(PATIENCE)).isEqualTo("whole 500 ");
    }
}
