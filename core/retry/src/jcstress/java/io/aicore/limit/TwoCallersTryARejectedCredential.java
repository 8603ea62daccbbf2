package io.aicore.limit;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;

import java.time.Duration;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Whether each caller may try the credential again: exactly one may. */
@JCStressTest
@Outcome(id = {"true, false", "false, true"}, expect = Expect.ACCEPTABLE, desc = "one try")
@Outcome(expect = Expect.FORBIDDEN, desc = "none or two")
@State
public class TwoCallersTryARejectedCredential {

    private final CredentialLatch latch;

    public TwoCallersTryARejectedCredential() {
        Situations situations = new Situations();
        latch = CredentialLatch.of("raced", 1, Duration.ofSeconds(30), situations);
        latch.tryAcquire().rejected();
        situations.pass(Situations.LONG);
    }

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = isAdmitted();
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = isAdmitted();
    }

    private boolean isAdmitted() {
        try {
            latch.tryAcquire();
            return true;
        } catch (CredentialRejectedException refused) {
            return false;
        }
    }
}
