package io.aicore.testkit;

/** The kit, with a protocol that can do next to nothing: what is lacking is asserted too. */
class ModestKitTest extends ProviderTestKit {

    @Override
    public ProviderFixture fixture() {
        return new ModestFixture();
    }
}
