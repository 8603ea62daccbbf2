package io.aicore.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.examples.server.DemoServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One run of the command line, in this process. */
record Run(int exitCode, String out, String err) {

    static final String KEY = "sk-test-0123456789abcdef";
    static final String PROMPT = "a question nobody else asks";

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Run against this server, with further variables as name, value, name, value. */
    static Run against(DemoServer server, List<String> arguments, String... variables) {
        return of(environment(server, variables), arguments);
    }

    static Map<String, String> environment(DemoServer server, String... variables) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LLM_PROVIDER", "openai");
        environment.put("LLM_API_KEY", KEY);
        environment.put("LLM_MODEL", DemoServer.MODEL);
        environment.put("LLM_BASE_URL", server.baseUrl());
        environment.put("LLM_RETRY_INITIAL_DELAY", "0.01");
        environment.putAll(variables(variables));
        return environment;
    }

    static Map<String, String> variables(String... variables) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        return environment;
    }

    static Run of(Map<String, String> environment, List<String> arguments) {
        return of(environment, arguments, Terminal.NONE);
    }

    static Run of(Map<String, String> environment, List<String> arguments, Terminal terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Main main =
                new Main(environment, new PrintStream(out, false, UTF_8), new PrintStream(err, false, UTF_8), terminal);
        int exitCode = main.run(arguments.toArray(String[]::new));
        return new Run(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    List<JsonNode> lines() {
        return out.lines().map(JSON::readTree).toList();
    }

    List<JsonNode> lines(String type) {
        return lines().stream().filter(line -> type(line).equals(type)).toList();
    }

    List<String> types() {
        return lines().stream().map(Run::type).toList();
    }

    JsonNode last() {
        List<JsonNode> lines = lines();
        return lines.get(lines.size() - 1);
    }

    private static String type(JsonNode line) {
        return line.path("type").asString();
    }
}
