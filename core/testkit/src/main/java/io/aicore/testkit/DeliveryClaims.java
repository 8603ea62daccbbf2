package io.aicore.testkit;

import io.aicore.llm.codec.wire.WireEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The same answer delivered otherwise: byte by byte, with other line ends, with unknown members. */
interface DeliveryClaims extends Claims {

    @Test
    default void aPlainAnswerMayComeByteAfterByte() {
        Reply reply = everything();
        byte[] body = fixture().plain(reply).getBytes(StandardCharsets.UTF_8);
        rig().server().then(Rig.drip("application/json", body));

        assertReads(Rig.get(rig().trying().complete(request())), reply);
    }

    @TestFactory
    default Stream<DynamicTest> aStreamMayComeInAnyPieces() {
        Reply reply = everything();
        return variants().flatMap(frames -> {
            byte[] body = Rig.framed(frames, fixture().stream(reply));
            String type = frames.contentType();
            return Stream.of(
                    DynamicTest.dynamicTest("in one piece, " + frames, () -> {
                        rig().server().then(Rig.body(type, body));
                        assertStreams(reply);
                    }),
                    DynamicTest.dynamicTest("byte after byte, " + frames, () -> {
                        rig().server().then(Rig.drip(type, body));
                        assertStreams(reply);
                    }));
        });
    }

    private Stream<Frames> variants() {
        return can(Capability.STREAMING) ? fixture().frames().variants().stream() : Stream.of();
    }

    @Test
    default void unknownMembersChangeNoAnswer() {
        Reply reply = everything();
        String body = UnknownMembers.into(fixture().plain(reply), fixture());
        rig().server().then(Rig.body("application/json; charset=utf-8", body.getBytes(StandardCharsets.UTF_8)));

        assertReads(Rig.get(rig().trying().complete(request())), reply);
    }

    @Test
    default void unknownMembersAndEventsChangeNoStream() {
        Reply reply = everything();
        if (can(Capability.STREAMING)) {
            List<WireEvent> events = UnknownMembers.into(fixture().stream(reply), fixture());
            rig().server().then(rig().stream(events));

            assertStreams(reply);
        }
    }

    private void assertStreams(Reply reply) {
        assertReads(Rig.fold(rig().trying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
    }
}
