package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.testserver.Scripts;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The same answer in other shapes: one element without its array, text as a part, parts as text. */
interface ShapeClaims extends Claims {

    /** Members that are arrays in some protocols, and texts or objects in others. */
    Set<String> CONTENT = Set.of("content", "parts");

    Set<String> LISTS = Set.of("content", "parts", "tool_calls", "choices", "candidates", "output");

    private List<Reply> replies() {
        Reply words =
                fixture().showsReasoning() ? Reply.of("To", "kyo.").thoughts("Hm, ", "Kyoto?") : Reply.of("To", "kyo.");
        return can(Capability.TOOLS)
                ? List.of(words, Reply.of("To", "kyo."), Reply.of().calls(WEATHER))
                : List.of(words);
    }

    private void assertReadsReshaped(Reshaped other) {
        for (Reply reply : replies()) {
            String json = fixture().plain(reply);
            rig().server().then(Scripts.json(200, json)).then(Scripts.json(200, other.in(json)));
            Completion usual = Rig.get(rig().retrying().complete(request()));
            Completion reshaped = Rig.get(rig().retrying().complete(request()));
            assertReads(reshaped, reply);
            assertThat(reshaped.extra().keySet()).isEqualTo(usual.extra().keySet());
            if (can(Capability.STREAMING)) {
                rig().server().then(rig().stream(other.in(fixture().stream(reply))));
                assertReads(Rig.fold(rig().retrying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
            }
        }
    }

    @Test
    default void oneElementMayComeWithoutItsArray() {
        assertReadsReshaped(new Reshaped(LISTS, Reshaped::alone));
    }

    @Test
    default void partsMayComeAsAText() {
        assertReadsReshaped(new Reshaped(CONTENT, Reshaped::text));
    }

    @Test
    default void aTextMayComeAsAPart() {
        assertReadsReshaped(new Reshaped(CONTENT, Reshaped::part));
    }

    @Test
    default void aTextOrOneElementMayComeAsAnArray() {
        assertReadsReshaped(new Reshaped(Set.of("content", "parts", "tool_calls"), Reshaped::parts));
    }

    @Test
    default void callsUnderAStopAreToolCalls() {
        if (!can(Capability.TOOLS)) {
            return;
        }
        Reply reply = Reply.of("Wait.").calls(WEATHER).finish(FinishReason.STOP);
        rig().server().then(plain(reply));
        assertCalls(Rig.get(rig().retrying().complete(request())));
        if (can(Capability.STREAMING)) {
            rig().server().then(stream(reply));
            assertCalls(Rig.fold(rig().retrying().stream(request())));
        }
    }

    private void assertCalls(Completion completion) {
        assertSame(completion.toolCalls(), List.of(WEATHER));
        assertThat(completion.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(completion.rawFinishReason())
                .isEqualTo(fixture().finishReasons().get(FinishReason.STOP));
    }
}
