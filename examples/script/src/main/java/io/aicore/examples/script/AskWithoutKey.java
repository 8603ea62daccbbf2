package io.aicore.examples.script;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Environment;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs {@link Ask} as a process of its own, with this environment. Where that names no provider, a server on loopback
 * plays one, and the script is led to it; it refuses the first question and asks for a second of patience.
 */
public final class AskWithoutKey {

    private AskWithoutKey() {}

    public static void main(String... args) throws IOException, InterruptedException {
        System.exit(run(System.getenv(), Redirect.INHERIT));
    }

    /** The script's exit code. */
    static int run(Map<String, String> environment, Redirect output) throws IOException, InterruptedException {
        if (Environment.namesProvider(environment)) {
            return ask(environment, output);
        }
        try (DemoServer server = DemoServer.start(AskWithoutKey::reply)) {
            return ask(server.environment(), output);
        }
    }

    /** The script with the settings of this environment alone. */
    static int ask(Map<String, String> environment, Redirect output) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder script =
                new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Ask.class.getName());
        script.environment().keySet().removeIf(name -> name.startsWith("LLM_"));
        script.environment().putAll(environment);
        return script.redirectOutput(output)
                .redirectError(Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private static Reply reply(Question question) {
        return question.number() == 1
                ? ChatReplies.error(429, "rate_limit_exceeded").header("retry-after", "1")
                : question.answer("Because a provider that is overloaded needs a pause more than another request.");
    }
}
