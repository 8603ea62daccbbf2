package io.aicore.testkit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The tests that every provider passes. A provider's module extends it once for each protocol or surface, and its
 * fixture defines what is sent on the wire; the claims are the interfaces, by topic. How to begin is in this package's
 * description.
 *
 * <p>A capability that the fixture does not list is not skipped: the kit asserts that it is refused, or left out as
 * documented.
 */
public abstract class ProviderTestKit
        implements PlainClaims,
                StreamClaims,
                ToolClaims,
                HostClaims,
                ThinkClaims,
                FormClaims,
                ShapeClaims,
                FeatureClaims,
                FieldClaims,
                ErrorClaims,
                StreamErrorClaims,
                RetryAfterClaims,
                TruncationClaims,
                CancelClaims,
                EmbeddingClaims,
                DeliveryClaims,
                SecretClaims {

    private Rig rig;

    /** How this provider writes and reads. */
    @Override
    public abstract ProviderFixture fixture();

    @Override
    public final Rig rig() {
        return rig;
    }

    @BeforeEach
    final void open() {
        rig = new Rig(fixture());
    }

    @AfterEach
    final void close() {
        rig.close();
    }
}
