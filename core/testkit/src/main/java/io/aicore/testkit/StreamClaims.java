package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** An answer piece by piece. */
interface StreamClaims extends Claims {

    /** For a provider that streams; one that does not is asked by {@link #withoutStreamingTheAnswerIsOnePiece()}. */
    default void needsStreaming() {
        assumeTrue(can(Capability.STREAMING), "streams");
    }

    @Test
    default void withoutStreamingTheAnswerIsOnePiece() {
        Reply reply = Reply.of("Tokyo, ", "東京 🗼.");
        rig().server().then(plain(reply));

        List<CompletionChunk> chunks =
                Rig.get(rig().retrying().stream(request()).collectList());

        // Also one that streams may be answered so: by hosts and gateways that do not.
        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactly(reply.text());
        assertReads(Rig.get(Completion.from(Flux.fromIterable(chunks))), reply);
        assertThat(rig().server().call(1).path()).isEqualTo(fixture().path(can(Capability.STREAMING)));
    }

    @Test
    default void piecesComeAsTheyWereSent() {
        needsStreaming();
        Reply reply = Reply.of("Tokyo, ", "東京 ", "🗼.");
        rig().server().then(stream(reply));
        LlmProvider provider = rig().retrying();

        List<CompletionChunk> chunks = Rig.get(provider.stream(request()).collectList());

        assertThat(chunks)
                .extracting(CompletionChunk::text)
                .filteredOn(text -> !text.isEmpty())
                .containsExactlyElementsOf(reply.pieces());
        Provenance provenance =
                Rig.present(Rig.present(chunks.get(chunks.size() - 1).info()).provenance());
        assertThat(provenance.provider()).isEqualTo(provider.name());
        assertThat(provenance.attempts()).isEqualTo(1);
        assertThat(provenance.timeToFirstToken()).isNotNull();
        assertThat(rig().server().call(1).path()).isEqualTo(fixture().path(true));
        assertThat(fixture().requests().prompt(sent(1))).isEqualTo(PROMPT);
        assertThat(fixture().requests().key(rig().server().call(1)))
                .isEqualTo(fixture().key());
    }

    @Test
    default void aStreamAddsUpToTheAnswer() {
        needsStreaming();
        Reply reply = everything();
        rig().server().then(plain(reply)).then(stream(reply));
        LlmProvider provider = rig().retrying();

        Completion whole = Rig.get(provider.complete(request()));
        Completion folded = Rig.fold(provider.stream(request()));

        assertReads(whole, reply);
        assertReads(folded, reply, can(Capability.USAGE_IN_STREAMS));
    }

    @Test
    default void aStreamTellsItsUsageIfTheProviderDoes() {
        needsStreaming();
        rig().server().then(stream(Reply.of("Yes.")));

        Completion folded = Rig.fold(rig().retrying().stream(request()));

        assertThat(folded.usage()).isEqualTo(can(Capability.USAGE_IN_STREAMS) ? Reply.USAGE : null);
    }

    @Test
    default void aPieceIsDeliveredBeforeTheNextIsSent() {
        needsStreaming();
        Reply reply = Reply.of("first", "second");
        var events = fixture().stream(reply);
        int next = Events.with("second", events);
        CountDownLatch delivered = new CountDownLatch(1);
        rig().server().then(exchange -> {
            rig().chunks(exchange, events.subList(0, next));
            if (delivered.await(Rig.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                for (var event : events.subList(next, events.size())) {
                    exchange.chunk(fixture().frames().frame(event));
                }
                exchange.lastChunk();
            }
        });

        Completion folded = Rig.fold(rig().retrying().stream(request()).doOnNext(chunk -> {
            if (chunk.text().equals("first")) {
                delivered.countDown();
            }
        }));

        assertThat(folded.text()).isEqualTo("firstsecond");
    }

    @Test
    default void anEmptyStreamIsRetriedOnceAndNeverCompletesEmpty() {
        needsStreaming();
        rig().server().always(stream(Reply.of()));
        if (fixture().mayAnswerNothing()) {
            assertReads(Rig.fold(rig().retrying().stream(request())), Reply.of(), can(Capability.USAGE_IN_STREAMS));
            assertThat(rig().server().calls()).isEqualTo(1);
            return;
        }

        LlmException failure = Rig.failure(rig().retrying().stream(request()).then());

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(rig().server().calls()).isEqualTo(2);
    }

    @Test
    default void eachSubscriptionOfAStreamIsACallOfItsOwn() {
        needsStreaming();
        rig().server()
                .then(error(passing()))
                .then(stream(Reply.of("one")))
                .then(error(passing()))
                .then(stream(Reply.of("two")));
        Flux<CompletionChunk> call = rig().retrying().stream(request());
        assertThat(rig().server().calls()).isZero();

        Completion first = Rig.fold(call);
        Completion second = Rig.fold(call);

        assertThat(first.text()).isEqualTo("one");
        assertThat(second.text()).isEqualTo("two");
        assertThat(Rig.present(second.provenance()).attempts()).isEqualTo(2);
        assertThat(rig().server().call(3).header("x-retry-count")).isEqualTo("0");
    }
}
