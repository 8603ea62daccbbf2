package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.retry.GiveUpReason;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every error form, as the answer to a plain request and to one for a stream. */
interface ErrorClaims extends Claims {

    @TestFactory
    default Stream<DynamicTest> everyErrorHasItsKind() {
        assertThat(fixture().errors()).isNotEmpty();
        return fixture().errors().stream().flatMap(form -> Stream.of(plainly(form, form), streamed(form, form)));
    }

    @TestFactory
    default Stream<DynamicTest> errorsInsideASuccessAreErrors() {
        assertThat(fixture().errorsInsideSuccess()).isNotEmpty();
        return fixture().errorsInsideSuccess().stream()
                .flatMap(form -> Stream.of(plainly(form, form), streamed(form, form)));
    }

    @TestFactory
    default Stream<DynamicTest> unknownMembersChangeNoError() {
        return Stream.of(fixture().errors(), fixture().errorsInsideSuccess())
                .flatMap(List::stream)
                .filter(form -> form.body().contains("{"))
                .map(form -> plainly(form.body(UnknownMembers.into(form.body(), fixture())), form));
    }

    private DynamicTest plainly(ErrorForm form, ErrorForm expected) {
        return DynamicTest.dynamicTest("plain " + form, () -> {
            rig().server().then(error(form));
            assertIs(Rig.failure(rig().trying().complete(request())), expected);
        });
    }

    private DynamicTest streamed(ErrorForm form, ErrorForm expected) {
        return DynamicTest.dynamicTest("for a stream " + form, () -> {
            rig().server().then(error(form));
            assertIs(Rig.failure(rig().trying().stream(request()).then()), expected);
        });
    }

    private void assertIs(LlmException failure, ErrorForm form) {
        assertThat(failure.category()).isEqualTo(form.category());
        assertThat(failure).hasSameClassAs(kind(form));
        assertThat(failure.retryable()).isEqualTo(form.retryable());
        assertThat(failure.retryAfter()).isEqualTo(form.delay());
        assertThat(failure.model()).isEqualTo(fixture().model());
        assertThat(failure.partial()).isNull();
        if (form.meant() != null) {
            assertThat(failure.status()).isEqualTo(form.meant());
        }
        // One attempt is allowed here: what may be tried again has used it up.
        assertThat(failure.attempts()).hasSize(1);
        assertThat(failure.reason())
                .isEqualTo(form.retryable() ? GiveUpReason.RETRIES_EXHAUSTED : GiveUpReason.NOT_RETRYABLE);
    }

    private static LlmException kind(ErrorForm form) {
        return LlmException.of(ErrorDetails.of("kit", form.category(), form.retryable(), "like this"));
    }

    @Test
    default void whatMayNotPassIsSentOnce() {
        ErrorForm lasting = fixture().errors().stream()
                .filter(form -> !form.retryable())
                .findFirst()
                .orElseThrow();
        rig().server().always(error(lasting));

        LlmException failure = Rig.failure(rig().retrying().complete(request()));

        assertThat(failure.reason()).isEqualTo(GiveUpReason.NOT_RETRYABLE);
        assertThat(rig().server().calls()).isEqualTo(1);
    }

    @Test
    default void anErrorInsideASuccessIsRetriedLikeItsStatus() {
        ErrorForm inside = fixture().errorsInsideSuccess().stream()
                .filter(form -> form.retryable() && form.delay() == null)
                .findFirst()
                .orElseThrow();
        Reply reply = Reply.of("Yes.");
        rig().server()
                .then(error(inside))
                .then(plain(reply))
                .then(error(inside))
                .then(plain(reply));
        var provider = rig().retrying();

        Completion plain = Rig.get(provider.complete(request()));
        Completion streamed = Rig.fold(provider.stream(request()));

        assertReads(plain, reply);
        assertThat(Rig.present(plain.provenance()).attempts()).isEqualTo(2);
        assertReads(streamed, reply);
        assertThat(Rig.present(streamed.provenance()).attempts()).isEqualTo(2);
    }
}
