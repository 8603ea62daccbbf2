package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolCallDelta;
import io.aicore.llm.codec.wire.WireEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistinctCallsTest {

    private static List<Message> conversation(String... ids) {
        return List.of(message(ids));
    }

    private static Message message(String... ids) {
        return new Message(Role.ASSISTANT, List.of(), calls(ids), null, null, Map.of());
    }

    private static List<ToolCall> calls(String... ids) {
        return Arrays.stream(ids).map(id -> new ToolCall(id, "f", "{}")).toList();
    }

    private static Completion answer(String... ids) {
        return Completion.of("").toolCalls(calls(ids)).extra(Map.of("kept", true));
    }

    private static List<String> ids(Completion answer) {
        return answer.toolCalls().stream().map(ToolCall::id).toList();
    }

    @Test
    void idsThatAreMissingAreNumberedThroughTheConversation() {
        assertThat(ids(DistinctCalls.in(conversation(), answer("", "")))).containsExactly("call_0", "call_1");
        assertThat(ids(DistinctCalls.in(conversation("call_0", "call_1"), answer("", ""))))
                .containsExactly("call_2", "call_3");
        assertThat(ids(DistinctCalls.in(conversation("call_1"), answer("")))).containsExactly("call_2");
    }

    @Test
    void idsThatAreTakenBecomeOthers() {
        assertThat(ids(DistinctCalls.in(conversation("a"), answer("a", "b", "b", "a_2"))))
                .containsExactly("a_2", "b", "b_2", "a_2_2");
    }

    @Test
    void theAnswerIsTheSameOtherwise() {
        Completion answer = answer("a");
        assertThat(DistinctCalls.in(conversation("b"), answer)).isSameAs(answer);
        assertThat(DistinctCalls.in(conversation("a"), answer).extra()).containsEntry("kept", true);
    }

    @Test
    void streamedCallsAreToldApartToo() {
        List<ToolCallDelta> deltas = List.of(
                new ToolCallDelta(0, null, "f", ""),
                new ToolCallDelta(0, null, null, "{"),
                new ToolCallDelta(1, "a", "f", ""),
                new ToolCallDelta(1, "a", null, "{}"),
                new ToolCallDelta(2, "a", "f", "{}"),
                new ToolCallDelta(0, null, null, "}"),
                new ToolCallDelta(3, null, null, "{}"),
                new ToolCallDelta(3, "late", "f", ""));
        CompletionFold fold = new CompletionFold();
        StreamDecoder decoder = DistinctCalls.in(conversation("a", "call_2"), new Fixed(deltas));
        decoder.decode(new WireEvent(null, "")).forEach(fold::add);

        assertThat(fold.completion().toolCalls()).containsExactlyElementsOf(calls("call_3", "a_2", "a_3", "late"));
    }

    /** Gives these fragments, one a chunk. */
    private record Fixed(List<ToolCallDelta> deltas) implements StreamDecoder {

        @Override
        public List<CompletionChunk> decode(WireEvent event) {
            return deltas.stream()
                    .map(delta -> new CompletionChunk("", "", "", List.of(delta), null, Map.of()))
                    .toList();
        }

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public List<CompletionChunk> end() {
            return List.of();
        }
    }
}
