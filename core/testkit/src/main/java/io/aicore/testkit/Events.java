package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.WireEvent;
import java.util.ArrayList;
import java.util.List;

/** Lists of events. */
final class Events {

    private Events() {}

    /** The index of the first event with this text in it. */
    static int with(String text, List<WireEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).data().contains(text)) {
                return i;
            }
        }
        throw new AssertionError("the fixture's stream has no event with the piece '" + text + "' as it is");
    }

    /** What a stream of this reply says before its first piece of text. */
    static List<WireEvent> opening(ProviderFixture fixture) {
        List<WireEvent> events = fixture.stream(Reply.of("first", "second"));
        return events.subList(0, with("first", events));
    }

    /** What it has said when its first piece is complete. */
    static List<WireEvent> begun(ProviderFixture fixture) {
        List<WireEvent> events = fixture.stream(Reply.of("first", "second"));
        int next = with("second", events);
        assertThat(next).as("each piece in an event of its own").isGreaterThan(with("first", events));
        return events.subList(0, next);
    }

    static List<WireEvent> and(List<WireEvent> events, WireEvent last) {
        List<WireEvent> all = new ArrayList<>(events);
        all.add(last);
        return all;
    }
}
