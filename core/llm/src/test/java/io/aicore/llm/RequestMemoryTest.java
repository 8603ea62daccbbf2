package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** An encoded request may be large: it is kept until its answer begins. */
class RequestMemoryTest {

    private static final int PATIENCE_MINUTES = 3;

    private final FaultServer server = FaultServer.start();
    private final ReferenceQueue<byte[]> collected = new ReferenceQueue<>();
    private final BlockingQueue<WeakReference<byte[]>> encoded = new LinkedBlockingQueue<>();
    private final WireProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .apiKey("key-0123456789")
                    .build(),
            "line",
            server.url("/v1"),
            new Remembering());

    @AfterEach
    void close() {
        provider.dispose();
        server.close();
    }

    private final class Remembering implements ChatCodec {

        private final ChatCodec line = new LineCodec();

        @Override
        public WireRequest encode(CompletionRequest request, boolean stream) {
            WireRequest wire = line.encode(request, stream);
            encoded.add(new WeakReference<>(wire.body(), collected));
            return wire;
        }

        @Override
        public Completion decode(CompletionRequest request, WireResponse response) {
            return line.decode(request, response);
        }

        @Override
        public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
            return line.streamDecoder(request, head);
        }

        @Override
        public LlmException classify(CompletionRequest request, WireResponse response) {
            return line.classify(request, response);
        }
    }

    @Test
    void anOpenStreamKeepsNothingOfIt() throws InterruptedException {
        server.then(Scripts.eventsThenSilence("a"));
        BlockingQueue<String> texts = new LinkedBlockingQueue<>();

        Disposable open = provider.stream("hello").map(CompletionChunk::text).subscribe(texts::add);

        assertThat(texts.poll(PATIENCE_MINUTES, TimeUnit.MINUTES)).isEqualTo("a");
        assertThat(encoded).hasSize(1);
        // Of three minutes.
        int rounds = PATIENCE_MINUTES * 600;
        boolean isCollected = false;
        for (int i = 0; i < rounds && !isCollected; i++) {
            System.gc();
            isCollected = collected.remove(100) != null;
        }
        assertThat(isCollected).isTrue();
        assertThat(open.isDisposed()).isFalse();
        open.dispose();
    }
}
