package io.aicore.llm;

/** What plugged-in code may do in place of its work. */
enum Thrown {
    LINKAGE,
    OVERFLOW,
    RUNTIME,
    NULL;

    /** Throws, or gives null. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    <T> T now() {
        switch (this) {
            case LINKAGE -> throw new NoClassDefFoundError("boom");
            case OVERFLOW -> throw new StackOverflowError("boom");
            case RUNTIME -> throw new IllegalStateException("boom");
            case NULL -> {
                return null;
            }
        }
        throw new AssertionError(this);
    }
}
