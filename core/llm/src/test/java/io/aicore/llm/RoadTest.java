package io.aicore.llm;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.StreamDecoder;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;

/**
 * The road of a completion, which a newcomer follows from {@code complete} to Netty and back, is short, and {@link Pipeline}
 * lists it. A stop is a class, with those nested in it, that is on the stack where a call begins, goes over to Reactor Netty
 * or delivers its answer.
 */
class RoadTest {

    private static final int MOST_STOPS = 18;

    /** They have returned when the call goes on. */
    private static final List<String> RETURNING = List.of("LaneEntry", "AdmissionLane", "Responses");

    private static final String HOOK = "io.aicore.llm.RoadTest";
    private static final String OURS = "io.aicore.";
    private static final String REACTOR_NETTY = "reactor.netty.";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final FaultServer server = FaultServer.start();
    private final Set<String> stops = new ConcurrentSkipListSet<>();
    private final WireProvider provider = WireProvider.create(
            LlmConfig.builder()
                    .provider("line")
                    .model("m")
                    .apiKey("key-0123456789")
                    .build(),
            "line",
            server.url("/v1"),
            new Beginning());

    @AfterEach
    void close() {
        Hooks.resetOnEachOperator(HOOK);
        provider.dispose();
        server.close();
    }

    /** Sees the stack on which a call begins. */
    private final class Beginning implements ChatCodec {

        private final ChatCodec line = new LineCodec();

        @Override
        public List<String> warnings(CompletionRequest request) {
            List<StackTraceElement> down = new ArrayList<>(stack());
            while (!stop(down.get(0)).equals("Pipeline")) {
                down.remove(0);
            }
            pass(down);
            return line.warnings(request);
        }

        @Override
        public WireRequest encode(CompletionRequest request, boolean stream) {
            return line.encode(request, stream);
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

    private static List<StackTraceElement> stack() {
        return Stream.of(new Throwable().getStackTrace())
                .filter(not(frame -> frame.getClassName().contains(RoadTest.class.getSimpleName())))
                .toList();
    }

    private static String stop(StackTraceElement frame) {
        return frame.getClassName().replaceFirst("^.*\\.", "").replaceFirst("\\$.*", "");
    }

    private static boolean isOurs(StackTraceElement frame) {
        return frame.getClassName().startsWith(OURS) && !frame.getClassName().startsWith("io.aicore.testserver.");
    }

    private void pass(List<StackTraceElement> frames) {
        frames.stream().filter(RoadTest::isOurs).map(RoadTest::stop).forEach(stops::add);
    }

    /** Reactor Netty assembles operators where it is handed a subscriber or a request. */
    private void handover() {
        List<StackTraceElement> frames = stack();
        boolean theirs = frames.stream()
                .takeWhile(not(RoadTest::isOurs))
                .anyMatch(frame -> frame.getClassName().startsWith(REACTOR_NETTY));
        if (theirs) {
            pass(frames);
        }
    }

    @Test
    void theRoadOfACompletionIsAsListed() throws IOException {
        server.then(Scripts.json(200, "first")).then(Scripts.json(200, "hi"));
        // What the first call of a provider makes is there for the second.
        assertThat(provider.complete("hello").map(Completion::text).block(PATIENCE))
                .isEqualTo("first");
        stops.clear();
        stops.add(provider.getClass().getSimpleName());
        Hooks.onEachOperator(HOOK, publisher -> {
            handover();
            return publisher;
        });

        String text = provider.complete("hello")
                .doOnNext(answer -> pass(stack()))
                .map(Completion::text)
                .block(PATIENCE);

        assertThat(text).isEqualTo("hi");
        List<String> listed = listed();
        assertThat(listed).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(MOST_STOPS);
        assertThat(stops).isSubsetOf(listed);
        assertThat(listed.stream().filter(not(stops::contains))).containsExactlyElementsOf(RETURNING);
    }

    /** The classes in the paragraph of {@link Pipeline} about them. */
    private static List<String> listed() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/aicore/llm/Pipeline.java"));
        String paragraph = source.substring(source.indexOf("<p>The classes of a completion"));
        return Pattern.compile("\\{@code (\\w+)}")
                .matcher(paragraph.substring(0, paragraph.indexOf("<p>", 1)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
