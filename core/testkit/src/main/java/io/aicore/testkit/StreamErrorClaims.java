package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Errors as an event of a stream: before the first content tried again, after it final, with what had come. */
interface StreamErrorClaims extends Claims {

    private Stream<StreamError> errors() {
        if (!can(Capability.STREAMING)) {
            return Stream.empty();
        }
        assertThat(fixture().errorsInStream()).anyMatch(StreamError::retryable);
        return fixture().errorsInStream().stream();
    }

    @TestFactory
    default Stream<DynamicTest> anErrorEventBeforeAnyContentIsRetriedIfItMayPass() {
        return errors().map(error -> DynamicTest.dynamicTest(error.event().data(), () -> {
            int earlier = rig().server().calls();
            var events = Events.and(Events.opening(fixture()), error.event());
            rig().server().then(rig().stream(events));
            if (error.retryable()) {
                Reply reply = Reply.of("Yes.");
                rig().server().then(stream(reply));
                Completion completion = Rig.fold(rig().retrying().stream(request()));
                assertReads(completion, reply, can(Capability.USAGE_IN_STREAMS));
                assertThat(Rig.present(completion.provenance()).attempts()).isEqualTo(2);
            } else {
                LlmException failure =
                        Rig.failure(rig().retrying().stream(request()).then());
                assertIs(failure, error);
                assertThat(failure.partial()).isNull();
                assertThat(rig().server().calls()).isEqualTo(earlier + 1);
            }
        }));
    }

    @TestFactory
    default Stream<DynamicTest> anErrorEventAfterContentIsFinalAndKeepsIt() {
        return errors().map(error -> DynamicTest.dynamicTest(error.event().data(), () -> {
            int earlier = rig().server().calls();
            rig().server().then(rig().stream(Events.and(Events.begun(fixture()), error.event())));
            StringBuilder delivered = new StringBuilder();

            LlmException failure = Rig.failure(rig().retrying().stream(request())
                    .doOnNext(chunk -> delivered.append(chunk.text()))
                    .then());

            assertThat(delivered).hasToString("first");
            assertIs(failure, error);
            assertThat(failure.partialText()).isEqualTo("first");
            assertThat(failure.details().phase()).isEqualTo(Phase.STREAM);
            assertThat(rig().server().calls()).isEqualTo(earlier + 1);
        }));
    }

    private static void assertIs(LlmException failure, StreamError error) {
        assertThat(failure.category()).isEqualTo(error.category());
        assertThat(failure)
                .hasSameClassAs(LlmException.of(ErrorDetails.of("kit", error.category(), false, "like this")));
        assertThat(failure.retryable()).isEqualTo(error.retryable());
    }
}
