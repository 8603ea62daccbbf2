package io.aicore.llm.testing.kit;

/** The kit, with a protocol that can do next to nothing: what is lacking is asserted too. */
class ModestKitTest extends ProviderKit {

    @Override
    public ProviderFixture fixture() {
        return new ModestFixture();
    }

    /** No test: this provider is nobody's to choose, so the README does not name it. */
    @Override
    public void theReadmeSaysWhatItCanDo() {}
}
