package io.aicore.examples.protocol;

import io.aicore.testkit.ProviderFixture;
import io.aicore.testkit.ProviderTestKit;

/** All that is asked of every provider: answers, streams, failures, hints, cut and odd bytes, cancels, secrets. */
class AcmeKitTest extends ProviderTestKit {

    @Override
    public ProviderFixture fixture() {
        return new AcmeFixture();
    }
}
