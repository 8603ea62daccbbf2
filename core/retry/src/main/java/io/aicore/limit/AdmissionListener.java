package io.aicore.limit;

/**
 * Receives how one call waits for admission: {@link AdmissionEvent.WaitBegan}, then {@link AdmissionEvent.WaitEnded} unless
 * the call leaves before. Nothing if the call need not wait. Set with {@link AdmissionCall#listener}.
 *
 * <p>Receives the beginning on the thread that asked for admission, the end on the admission's scheduler before the attempt
 * begins; must not block. What it throws is dropped through {@code Hooks.onErrorDropped} and does not affect the call.
 */
@FunctionalInterface
public interface AdmissionListener {

    void onAdmission(AdmissionEvent event);
}
