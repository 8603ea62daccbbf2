package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.error.LlmException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Mono;

/** A question and its answer as a whole. */
interface PlainClaims extends Claims {

    @Test
    default void answers() {
        Reply reply = Reply.of("Tokyo, ", "東京 🗼.");
        rig().server().then(plain(reply));
        LlmProvider provider = rig().retrying();

        Completion completion = Rig.get(provider.complete(request()));

        assertReads(completion, reply);
        assertThat(Rig.present(completion.provenance()).provider()).isEqualTo(provider.name());
        assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(1);
        assertThat(Rig.present(completion.provenance()).waited()).isZero();
        assertThat(Rig.present(completion.provenance()).failures()).isEmpty();
    }

    @Test
    default void theRequestSaysWhatWasAsked() {
        rig().server().then(plain(Reply.of("Yes.")));

        Rig.get(rig().retrying()
                .complete(CompletionRequest.builder()
                        .system("Answer in one word.")
                        .user(PROMPT)
                        .build()));

        assertThat(rig().server().call(1).path()).isEqualTo(fixture().path(false));
        assertThat(rig().server().call(1).header("content-type")).startsWith("application/json");
        assertThat(fixture().requests().key(rig().server().call(1)))
                .isEqualTo(fixture().key());
        assertThat(fixture().requests().prompt(sent(1))).isEqualTo(PROMPT);
        assertThat(fixture().requests().system(sent(1))).isEqualTo("Answer in one word.");
    }

    @TestFactory
    default Stream<DynamicTest> everyFinishReasonIsKnown() {
        assertThat(fixture().finishReasons()).containsKeys(FinishReason.STOP, FinishReason.LENGTH);
        LlmProvider provider = rig().retrying();
        return fixture().finishReasons().keySet().stream()
                .map(reason -> DynamicTest.dynamicTest(reason.name(), () -> {
                    Reply reply = reason == FinishReason.TOOL_CALLS
                            ? Reply.of("Wait.").calls(WEATHER)
                            : Reply.of("Wait.").finish(reason);
                    rig().server().then(plain(reply));
                    assertReads(Rig.get(provider.complete(request())), reply);
                    if (can(Capability.STREAMING)) {
                        rig().server().then(stream(reply));
                        assertReads(Rig.fold(provider.stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
                    }
                }));
    }

    @Test
    default void anEmptyAnswerIsRetriedOnce() {
        rig().server().always(plain(Reply.of()));
        if (fixture().mayAnswerNothing()) {
            assertReads(Rig.get(rig().retrying().complete(request())), Reply.of());
            assertThat(rig().server().calls()).isEqualTo(1);
            return;
        }

        LlmException failure = Rig.failure(rig().retrying().complete(request()));

        assertThat(failure.code()).isEqualTo("empty_completion");
        assertThat(rig().server().calls()).isEqualTo(2);
    }

    @Test
    default void aRetriedRequestIsTheSame() {
        rig().server().then(error(passing())).then(error(passing())).then(plain(Reply.of("Yes.")));

        Completion completion = Rig.get(rig().retrying().complete(request()));

        assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(3);
        assertThat(Rig.present(completion.provenance()).failures()).hasSize(2);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(rig().server().call(attempt).path()).isEqualTo(fixture().path(false));
            assertThat(rig().server().call(attempt).body())
                    .isEqualTo(rig().server().call(1).body());
            assertThat(rig().server().call(attempt).header("x-retry-count")).isEqualTo(String.valueOf(attempt - 1));
        }
    }

    @Test
    default void eachSubscriptionIsACallOfItsOwn() {
        rig().server()
                .then(error(passing()))
                .then(plain(Reply.of("one")))
                .then(error(passing()))
                .then(plain(Reply.of("two")));
        Mono<Completion> call = rig().retrying().complete(request());
        assertThat(rig().server().calls()).isZero();

        Completion first = Rig.get(call);
        Completion second = Rig.get(call);

        assertThat(first.text()).isEqualTo("one");
        assertThat(second.text()).isEqualTo("two");
        assertThat(Rig.present(first.provenance()).attempts()).isEqualTo(2);
        assertThat(Rig.present(second.provenance()).attempts()).isEqualTo(2);
        assertThat(rig().server().call(3).header("x-retry-count")).isEqualTo("0");
    }
}
