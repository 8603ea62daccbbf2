package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.IncompleteStreamException;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An answer that was cut is a failure, wherever it was cut and however politely. */
interface TruncationClaims extends Claims {

    @Test
    default void aPlainAnswerCutAtAnyByteIsNoAnswer() {
        byte[] body = fixture().plain(briefly()).strip().getBytes(StandardCharsets.UTF_8);
        LlmProvider provider = rig().trying();
        for (int length = 0; length < body.length; length++) {
            // Its length is announced as if it were whole: only the body tells.
            rig().server().then(Rig.body("application/json", Arrays.copyOf(body, length)));

            LlmException failure = Rig.failure(provider.complete(request()));

            assertThat(failure.category())
                    .as("cut after %d of %d bytes", length, body.length)
                    .isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
            assertThat(failure.retryable()).isTrue();
        }
    }

    @Test
    default void aPlainAnswerWhoseConnectionBreaksIsTriedAgain() {
        Reply reply = Reply.of("Yes.");
        String body = fixture().plain(reply);
        rig().server()
                .then(Scripts.truncated(200, body.substring(0, body.length() / 2)))
                .then(Scripts.truncated(200, body))
                .then(plain(reply));

        Completion completion = Rig.get(rig().retrying().complete(request()));

        assertReads(completion, reply);
        assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(3);
    }

    @Test
    default void aStreamCutAtAnyByteIsNoAnswer() {
        if (!can(Capability.STREAMING)) {
            return;
        }
        Reply reply = briefly();
        Frames frames = fixture().frames();
        List<WireEvent> events = fixture().stream(reply);
        byte[] body = Rig.framed(frames, events);
        List<WireEvent> finished = events.subList(0, events.size() - fixture().spareEvents());
        int enough = Rig.framed(frames, finished).length - frames.spareBytes();
        LlmProvider provider = rig().trying();
        for (int length = enough; length < body.length; length++) {
            rig().server().then(Rig.body(frames.contentType(), Arrays.copyOf(body, length)));
            Completion completion = Rig.fold(provider.stream(request()));
            assertThat(completion.text()).isEqualTo(reply.text());
            assertThat(completion.finishReason()).isEqualTo(reply.finish());
        }
        for (int length = 0; length < enough; length++) {
            // The body ends in good order: only what is missing tells.
            rig().server().then(Rig.body(frames.contentType(), Arrays.copyOf(body, length)));
            assertBreaks(provider, reply, length + " of " + body.length + " bytes");
        }
    }

    @Test
    default void aStreamCutAfterAnyEventIsNoAnswer() {
        if (!can(Capability.STREAMING)) {
            return;
        }
        Reply reply = everything();
        List<WireEvent> events = fixture().stream(reply);
        LlmProvider provider = rig().trying();
        for (int sent = 0; sent < events.size(); sent++) {
            List<WireEvent> begun = events.subList(0, sent);
            if (sent < events.size() - fixture().spareEvents()) {
                rig().server().then(rig().stream(begun));
                assertBreaks(provider, reply, sent + " of " + events.size() + " events, in good order");
            }
            rig().server().then(rig().streamThenCut(begun));
            assertBreaks(provider, reply, sent + " of " + events.size() + " events, without the body's end");
        }
    }

    private void assertBreaks(LlmProvider provider, Reply reply, String cut) {
        StringBuilder delivered = new StringBuilder();

        LlmException failure = Rig.failure(provider.stream(request())
                .doOnNext(chunk -> delivered.append(chunk.text()))
                .then());

        assertThat(failure.category())
                .as("cut after %s", cut)
                .isIn(ErrorCategory.INCOMPLETE_STREAM, ErrorCategory.CONNECTION, ErrorCategory.MALFORMED_RESPONSE);
        assertThat(reply.text()).as("cut after %s", cut).startsWith(delivered.toString());
        assertThat(failure.partialText()).as("cut after %s", cut).isEqualTo(delivered.toString());
    }

    @Test
    default void aStreamCutBeforeAnyContentIsTriedAgain() {
        if (!can(Capability.STREAMING)) {
            return;
        }
        Reply reply = Reply.of("Yes.");
        rig().server()
                .then(rig().stream(Events.opening(fixture())))
                .then(rig().streamThenCut(Events.opening(fixture())))
                .then(stream(reply));

        Completion completion = Rig.fold(rig().retrying().stream(request()));

        assertReads(completion, reply, can(Capability.USAGE_IN_STREAMS));
        assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(3);
    }

    @Test
    default void aStreamCutAfterContentIsFinalAndKeepsIt() {
        if (!can(Capability.STREAMING)) {
            return;
        }
        rig().server().always(rig().stream(Events.begun(fixture())));

        LlmException failure = Rig.failure(rig().retrying().stream(request()).then());

        assertThat(failure).isInstanceOf(IncompleteStreamException.class);
        assertThat(failure.partialText()).isEqualTo("first");
        assertThat(rig().server().calls()).isEqualTo(1);
    }
}
