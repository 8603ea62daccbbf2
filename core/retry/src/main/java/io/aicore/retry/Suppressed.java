package io.aicore.retry;

/** Adds suppressed exceptions: bounded, never an exception to itself, never in a cycle. */
final class Suppressed {

    private Suppressed() {}

    static void add(Throwable primary, Throwable other) {
        Throwable[] present = primary.getSuppressed();
        if (present.length >= CallAttempt.REMEMBERED || Causes.any(primary, each -> each == other)) {
            return;
        }
        for (Throwable each : present) {
            if (each == other) {
                return;
            }
        }
        if (!reaches(other, primary)) {
            primary.addSuppressed(other);
        }
    }

    /** Whether {@code to} is among the causes of {@code from}, or suppressed on one of them. */
    private static boolean reaches(Throwable from, Throwable to) {
        return Causes.any(from, each -> {
            if (each == to) {
                return true;
            }
            for (Throwable suppressed : each.getSuppressed()) {
                if (suppressed == to) {
                    return true;
                }
            }
            return false;
        });
    }
}
