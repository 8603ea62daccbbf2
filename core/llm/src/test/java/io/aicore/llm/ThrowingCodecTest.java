package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Whichever method of a codec throws, whatever it throws: the call ends with a typed failure, and its place is free. */
class ThrowingCodecTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private @Nullable WireProvider provider;

    /** Reads lines, and throws in one place. */
    private static final class Throwing implements ChatCodec {

        private final ChatCodec lines = new LineCodec();
        private final String place;
        private final Thrown thrown;
        private final AtomicInteger polls = new AtomicInteger();

        Throwing(String place, Thrown thrown) {
            this.place = place;
            this.thrown = thrown;
        }

        private void reached(String here) {
            if (here.equals(place)) {
                thrown.now();
            }
        }

        @Override
        public WireRequest encode(CompletionRequest request, boolean stream) {
            return lines.encode(request, stream);
        }

        @Override
        public Completion decode(CompletionRequest request, WireResponse response) {
            return lines.decode(request, response);
        }

        @Override
        public @Nullable FollowUp followUp(CompletionRequest request, WireResponse response) {
            if (polls.getAndIncrement() > 0) {
                reached("followUp");
                return null;
            }
            return place.equals("followUp")
                    ? new FollowUp(WireRequest.post("/poll", Map.of(), new byte[0]), Duration.ofMillis(1))
                    : null;
        }

        @Override
        @SuppressWarnings("NullAway") // One of them breaks the rule.
        public StreamDecoder streamDecoder(CompletionRequest request, WireResponse head) {
            return place.equals("no decoder") ? null : new Decoder(lines.streamDecoder(request, head));
        }

        @Override
        public boolean nativeJsonSchema(CompletionRequest request) {
            reached("nativeJsonSchema");
            return true;
        }

        @Override
        public LlmException classify(CompletionRequest request, WireResponse response) {
            return lines.classify(request, response);
        }

        private final class Decoder implements StreamDecoder {

            private final StreamDecoder decoder;

            Decoder(StreamDecoder decoder) {
                this.decoder = decoder;
            }

            @Override
            public List<CompletionChunk> decode(WireEvent event) {
                return decoder.decode(event);
            }

            @Override
            public boolean ended() {
                reached("ended");
                return decoder.ended();
            }

            @Override
            public boolean whole() {
                reached("whole");
                return decoder.whole();
            }

            @Override
            public List<CompletionChunk> end() {
                return decoder.end();
            }

            @Override
            public @Nullable WireRequest resume() {
                reached("resume");
                return place.equals("resumed") ? WireRequest.post("/rest", Map.of(), new byte[0]) : null;
            }

            @Override
            public void resumed(WireResponse head) {
                reached("resumed");
            }
        }
    }

    private WireProvider provider(String place, Thrown thrown) {
        LlmConfig config = LlmConfig.builder()
                .provider("line")
                .model("m")
                .httpSettings(http -> http.maxConnections(1))
                .retrySettings(retry -> retry.maxRetries(1).initialDelay(Duration.ofMillis(1)))
                .build();
        WireProvider made = WireProvider.create(config, "line", server.url("/v1"), new Throwing(place, thrown));
        provider = made;
        return made;
    }

    @AfterEach
    void close() {
        if (provider != null) {
            provider.dispose();
        }
        server.close();
    }

    private void failsTwice(Mono<?> call) {
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(call).expectError(LlmException.class).verify(PATIENCE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void whetherAStreamHasEnded(Thrown thrown) {
        server.always(Scripts.events("a", "END"));
        failsTwice(provider("ended", thrown).stream("hello").then());
    }

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void whetherABrokenStreamIsComplete(Thrown thrown) {
        server.always(Scripts.eventsThenReset("a"));
        failsTwice(provider("whole", thrown).stream("hello").then());
    }

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void whetherABrokenStreamCanBeResumed(Thrown thrown) {
        server.always(Scripts.eventsThenReset("a"));
        failsTwice(provider("resume", thrown).stream("hello").then());
    }

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void theBeginningOfTheRestOfAStream(Thrown thrown) {
        server.always(Scripts.eventsThenReset("a"));
        failsTwice(provider("resumed", thrown).stream("hello").then());
    }

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void whetherAPolledAnswerIsThere(Thrown thrown) {
        server.always(Scripts.json(200, "not yet"));
        failsTwice(provider("followUp", thrown).complete("hello"));
    }

    private record Text(String text) {}

    @ParameterizedTest
    @EnumSource(names = "NULL", mode = EnumSource.Mode.EXCLUDE)
    void whetherItHasAModeForSchemas(Thrown thrown) {
        WireProvider broken = provider("nativeJsonSchema", thrown);
        failsTwice(broken.complete("hello", Text.class));
        assertThat(server.calls()).isZero();

        server.always(Scripts.json(200, "the answer"));
        StepVerifier.create(broken.complete("hello").map(Completion::text))
                .expectNext("the answer")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aStreamWithoutADecoder() {
        server.always(Scripts.events("a", "END"));
        failsTwice(provider("no decoder", Thrown.NULL).stream("hello").then());
    }
}
