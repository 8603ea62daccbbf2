package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Answers in another form than was asked for, or than their content type says. Binary streams have one form. */
interface FormClaims extends Claims {

    private boolean streamsText() {
        return can(Capability.STREAMING) && !fixture().frames().contentType().startsWith("application/vnd.amazon");
    }

    private byte[] stream(Reply reply, Frames frames) {
        return Rig.framed(frames, fixture().stream(reply));
    }

    @Test
    default void aStreamInAnswerToAPlainCallIsTheAnswer() {
        if (streamsText()) {
            Reply reply = everything();
            rig().server()
                    .then(Rig.body("application/json", stream(reply, fixture().frames())));

            assertReads(Rig.get(rig().trying().complete(request())), reply, can(Capability.USAGE_IN_STREAMS));
        }
    }

    @Test
    default void aStreamThatFailsInAnswerToAPlainCallKeepsItsText() {
        if (streamsText()) {
            rig().server()
                    .then(Rig.body(
                            fixture().frames().contentType(),
                            Rig.framed(fixture().frames(), Events.begun(fixture()))));

            LlmException failure = Rig.failure(rig().trying().complete(request()));

            assertThat(failure.partialText()).isEqualTo("first");
        }
    }

    @Test
    default void aStreamIsReadAsWhatItIsUnderAnyContentType() {
        if (streamsText()) {
            Reply reply = everything();
            List<Frames> forms =
                    new ArrayList<>(List.of(Frames.events(), fixture().frames()));
            if (fixture().stream(reply).stream().allMatch(event -> event.type() == null)) {
                forms.add(Frames.jsonLines("application/x-ndjson"));
            }
            for (Frames frames : forms) {
                for (String type :
                        List.of("application/json", "text/plain", "text/event-stream", "application/jsonl")) {
                    rig().server().then(Rig.body(type, stream(reply, frames)));
                    assertReads(Rig.fold(rig().trying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
                }
            }
        }
    }

    /** These events as the objects of one array. */
    private byte[] array(List<WireEvent> events, String end) {
        return events.stream()
                .filter(event -> !event.isDone())
                .map(WireEvent::data)
                .collect(Collectors.joining(",\r\n", "[", end))
                .getBytes(StandardCharsets.UTF_8);
    }

    private boolean streamsUntyped() {
        return streamsText() && fixture().stream(Reply.of("x")).stream().allMatch(event -> event.type() == null);
    }

    @Test
    default void theObjectsOfAnArrayAreAStream() {
        if (streamsUntyped()) {
            Reply reply = everything();
            byte[] array = array(fixture().stream(reply), "\n]\n");
            for (String type : List.of("application/json", fixture().frames().contentType())) {
                rig().server().then(Rig.body(type, array)).then(Rig.drip(type, array));
                for (int i = 0; i < 2; i++) {
                    assertReads(Rig.fold(rig().trying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
                }
            }
            rig().server().then(Rig.body("application/json", array));
            assertReads(Rig.get(rig().trying().complete(request())), reply, can(Capability.USAGE_IN_STREAMS));
        }
    }

    @Test
    default void anArrayThatIsCutIsACutStreamThatKeepsItsText() {
        if (streamsUntyped()) {
            for (String end : List.of("", ",", ",\n{\"id\":\"re")) {
                byte[] cut = array(Events.begun(fixture()), end);
                rig().server()
                        .then(Rig.body("application/json", cut))
                        .then(Rig.body(fixture().frames().contentType(), cut))
                        .then(Rig.body("application/json", cut));
                for (Mono<?> call : List.of(
                        rig().trying().stream(request()).then(),
                        rig().trying().stream(request()).then(),
                        rig().trying().complete(request()))) {
                    LlmException failure = Rig.failure(call);
                    assertThat(failure.category()).isEqualTo(ErrorCategory.INCOMPLETE_STREAM);
                    assertThat(failure.partialText()).isEqualTo("first");
                }
            }
        }
    }

    @Test
    default void aWholeAnswerToAStreamIsReadUnderAnyContentType() {
        if (streamsText()) {
            Reply reply = everything();
            for (String type : List.of("application/json", "text/plain", "text/event-stream")) {
                rig().server().then(Rig.body(type, fixture().plain(reply).getBytes(StandardCharsets.UTF_8)));
                assertReads(Rig.fold(rig().trying().stream(request())), reply);
            }
        }
    }

    @Test
    default void anErrorInWordsIsWhatTheySay() {
        if (streamsText()) {
            String words =
                    "error: This model's maximum context length is 8192 tokens. However, you requested 9000 tokens";
            rig().server().always(rig().stream(List.of(new WireEvent(null, words))));

            LlmException failure =
                    Rig.failure(rig().retrying().stream(request()).then());

            assertThat(failure.category()).isEqualTo(ErrorCategory.CONTEXT_LENGTH);
            assertThat(rig().server().calls()).isEqualTo(1);
        }
    }

    @Test
    default void wordsBehindADocumentAreAnErrorThatKeepsTheText() {
        if (streamsText()) {
            List<WireEvent> events = new ArrayList<>(Events.begun(fixture()));
            WireEvent last = events.remove(events.size() - 1);
            events.add(new WireEvent(last.type(), last.data() + " and words"));
            rig().server().always(rig().stream(events));

            LlmException failure =
                    Rig.failure(rig().retrying().stream(request()).then());

            assertThat(failure.category()).isIn(ErrorCategory.MALFORMED_RESPONSE, ErrorCategory.INCOMPLETE_STREAM);
            assertThat(failure.partialText()).isEqualTo("first");
            assertThat(rig().server().calls()).isEqualTo(1);
        }
    }
}
