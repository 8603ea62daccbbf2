package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.testserver.Scripts;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What hosts and gateways make of a protocol: half characters, counts as strings, answers without an answer. */
interface HostClaims extends Claims {

    @Test
    default void halfACharacterWaitsForTheOtherHalf() {
        Reply reply = Reply.of("To\ud83d", "\uddfc!");
        if (!can(Capability.STREAMING)) {
            return;
        }
        reply = fixture().showsReasoning() ? reply.thoughts("Hm \ud83e", "\udd14.") : reply;
        rig().server().then(rig().stream(escaped(fixture().stream(reply))));

        List<CompletionChunk> chunks =
                Rig.get(rig().retrying().stream(request()).collectList());

        assertReads(Rig.fold(Flux.fromIterable(chunks)), reply, can(Capability.USAGE_IN_STREAMS));
        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly("To", "🗼!");
    }

    @Test
    default void halfACharacterThatStaysAloneIsReplaced() {
        rig().server().then(Scripts.json(200, escaped(fixture().plain(Reply.of("cut \ud83d")))));
        assertThat(Rig.get(rig().retrying().complete(request())).text()).isEqualTo("cut \ufffd");

        if (can(Capability.STREAMING)) {
            rig().server().then(rig().stream(escaped(fixture().stream(Reply.of("cut ", "\ud83d")))));
            assertThat(Rig.fold(rig().retrying().stream(request())).text()).isEqualTo("cut \ufffd");
        }
    }

    @Test
    default void halfACharacterInAPromptIsSentAsAReplacement() {
        rig().server().then(plain(Reply.of("Yes.")));

        Rig.get(rig().retrying().complete(CompletionRequest.of("cut \ud83d")));

        assertThat(fixture().requests().prompt(sent(1))).isEqualTo("cut \ufffd");
    }

    @Test
    default void reasoningAloneIsNoAnswerAndIsCarriedByTheFailure() {
        if (!fixture().showsReasoning()) {
            return;
        }
        Reply reply = Reply.of().thoughts("So it is ", "Tokyo.");
        rig().server().then(plain(reply));
        assertReasoningOnly(Rig.failure(rig().retrying().complete(request())), reply);
        int calls = 1;
        if (can(Capability.STREAMING)) {
            rig().server().then(stream(reply));
            assertReasoningOnly(Rig.failure(rig().retrying().stream(request()).then()), reply);
            calls++;
        }
        assertThat(rig().server().calls()).isEqualTo(calls);
    }

    private static void assertReasoningOnly(LlmException failure, Reply reply) {
        assertThat(failure.code()).isEqualTo("reasoning_only");
        assertThat(failure.category()).isEqualTo(ErrorCategory.MALFORMED_RESPONSE);
        assertThat(failure.retryable()).isFalse();
        assertThat(Rig.present(failure.partial()).reasoning()).isEqualTo(reply.reasoning());
    }

    @Test
    default void theTokenLimitExplainsReasoningAlone() {
        if (!fixture().showsReasoning()) {
            return;
        }
        Reply reply = Reply.of().thoughts("So it is ", "Tok").finish(FinishReason.LENGTH);
        rig().server().then(plain(reply));
        assertReads(Rig.get(rig().retrying().complete(request())), reply);
        if (can(Capability.STREAMING)) {
            rig().server().then(stream(reply));
            assertReads(Rig.fold(rig().retrying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
        }
    }

    /** A record that is asked for. */
    record City(String capital, int inhabitants) {}

    @Test
    default void aRecordMayStandInTheReasoningAlone() {
        if (!fixture().showsReasoning()) {
            return;
        }
        rig().server().then(plain(Reply.of().thoughts("{\"capital\":\"Tokyo\",\"inhabitants\":14}")));

        TypedCompletion<City> city = Rig.get(rig().retrying().complete(PROMPT, City.class));

        assertThat(city.value()).isEqualTo(new City("Tokyo", 14));
        assertThat(Rig.present(city.completion().provenance()).attempts()).isEqualTo(1);
        assertThat(rig().server().calls()).isEqualTo(1);
    }

    @Test
    default void countsMayComeAsStrings() {
        Reply reply = everything();
        rig().server().then(Scripts.json(200, countsAsStrings(fixture().plain(reply))));
        assertReads(Rig.get(rig().retrying().complete(request())), reply);

        if (can(Capability.STREAMING)) {
            rig().server()
                    .then(rig().stream(fixture().stream(reply).stream()
                            .map(event -> new WireEvent(event.type(), countsAsStrings(event.data())))
                            .toList()));
            assertReads(Rig.fold(rig().retrying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
        }
    }

    private static String countsAsStrings(String json) {
        return json.replaceAll("\"(\\w*(?:[tT]okens?|TokenCount|eval_count)\\w*)\":\\s*(\\d+)", "\"$1\":\"$2\"");
    }

    private static List<WireEvent> escaped(List<WireEvent> events) {
        return events.stream()
                .map(event -> new WireEvent(event.type(), escaped(event.data())))
                .toList();
    }

    /** With halves of characters as JSON can write them: in bytes there are none. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            int whole = json.codePointAt(i);
            if (Character.isSupplementaryCodePoint(whole)) {
                escaped.appendCodePoint(whole);
                i++;
            } else if (Character.isSurrogate(json.charAt(i))) {
                escaped.append("\\u%04x".formatted(whole));
            } else {
                escaped.append(json.charAt(i));
            }
        }
        return escaped.toString();
    }
}
