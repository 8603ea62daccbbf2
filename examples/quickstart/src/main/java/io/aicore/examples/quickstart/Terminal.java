package io.aicore.examples.quickstart;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal may show.
 *
 * @param interactive whether somebody watches: then waits are counted down
 * @param colours whether to colour
 */
record Terminal(boolean interactive, boolean colours) {

    /** A pipe or a file. */
    static final Terminal NONE = new Terminal(false, false);

    /** The terminal of this process. */
    static Terminal detect(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        boolean interactive = isTerminal(System.console()) && !term.isEmpty() && !term.equals("dumb");
        return new Terminal(
                interactive,
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            // JDK 22 to 24 give a console to pipes as well, and this method to tell.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    String bold(String text) {
        return styled("1", text);
    }

    String dim(String text) {
        return styled("2", text);
    }

    String red(String text) {
        return styled("31", text);
    }

    String green(String text) {
        return styled("32", text);
    }

    String yellow(String text) {
        return styled("33", text);
    }

    /** Goes back to the beginning of the line, whose rest is cleared. Only where somebody watches. */
    String again(String line) {
        return "\r" + line + "\u001b[K";
    }

    private String styled(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
