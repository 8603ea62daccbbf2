package io.aicore.retry;

/** Formatting for reasons and messages. */
final class Text {

    private Text() {}

    static String count(int number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    static String name(Throwable error) {
        String simple = error.getClass().getSimpleName();
        return simple.isEmpty() ? error.getClass().getName() : simple;
    }
}
