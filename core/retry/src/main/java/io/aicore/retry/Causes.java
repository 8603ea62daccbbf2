package io.aicore.retry;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks an error and its causes. Bounded, so a cycle of causes ends. */
final class Causes {

    private static final int DEPTH = 16;

    private Causes() {}

    static <E> @Nullable E find(Throwable error, Class<E> kind) {
        Throwable each = error;
        for (int depth = 0; each != null && depth < DEPTH; depth++) {
            if (kind.isInstance(each)) {
                return kind.cast(each);
            }
            each = each.getCause();
        }
        return null;
    }

    static boolean any(Throwable error, Predicate<? super Throwable> wanted) {
        return first(error, wanted) != null;
    }

    static @Nullable Throwable first(Throwable error, Predicate<? super Throwable> wanted) {
        Throwable each = error;
        for (int depth = 0; each != null && depth < DEPTH; depth++) {
            if (wanted.test(each)) {
                return each;
            }
            each = each.getCause();
        }
        return null;
    }
}
