package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.error.InvalidRequestException;
import io.aicore.testkit.ProviderFixture.Lacking;

/** What a provider cannot do. */
interface LackingClaims extends Claims {

    /** That this wish is refused before anything is sent, or left out as the documentation says. */
    default void assertLacking(Capability capability, CompletionRequest request) {
        rig().server().then(plain(Reply.of("Yes.")));
        if (fixture().lacking(capability) == Lacking.LEFT_OUT) {
            assertThat(Rig.get(rig().trying().complete(request)).text()).isEqualTo("Yes.");
            return;
        }
        assertThat(Rig.failure(rig().trying().complete(request))).isInstanceOf(InvalidRequestException.class);
        assertThat(rig().server().calls()).isZero();
    }
}
