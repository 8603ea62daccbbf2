package io.aicore.limit;

/**
 * Receives the answer to one request for admission: exactly one of the two methods is called, once, unless the attempt leaves the
 * queue before. Called on the thread that asked if nothing had to be waited for, else on the admission's scheduler. Must
 * not block.
 */
public interface AdmissionCallback {

    /** The attempt may be made. The permit must be completed and released on every path. */
    void admitted(AdmissionPermit permit);

    /**
     * The attempt is not admitted; nothing was taken.
     *
     * @param why an {@link AdmissionRejectedException}, a {@link CallNotPermittedException}, or what an
     *     {@link AdmissionStage} threw
     */
    void rejected(Throwable why);
}
