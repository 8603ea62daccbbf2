package io.aicore.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Reply;
import io.aicore.llm.LlmProviderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every provider on the class path fails and is waited for as the others are, whatever its wire looks like. */
@Execution(ExecutionMode.CONCURRENT)
class ProvidersTest {

    static Stream<Wire> wires() {
        return Wire.all().stream();
    }

    /** Limits the rate, is overloaded, cuts the connection, then answers. */
    static DemoServer failingThreeTimes(Wire wire, boolean stream, String seconds) {
        return DemoServer.start(question -> switch (question.number()) {
            case 1 -> wire.rateLimited(seconds);
            case 2 -> wire.overloaded().header("connection", "close");
            case 3 -> stream ? wire.cutStream() : Reply.hangUp();
            default -> stream ? wire.stream("Here", " you", " are.") : wire.answer("Here you are.");
        });
    }

    private static Run run(Wire wire, DemoServer server, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(Run.PROMPT);
        return Run.against(server, all, "LLM_PROVIDER", wire.provider());
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aPlainCallTakesFourAttempts(Wire wire) {
        try (DemoServer server = failingThreeTimes(wire, false, "0.1")) {
            assertFourAttempts(wire, server, run(wire, server, "--json"));
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    void aStreamTakesFourAttempts(Wire wire) {
        try (DemoServer server = failingThreeTimes(wire, true, "0.1")) {
            Run run = run(wire, server, "--json", "--stream");

            assertFourAttempts(wire, server, run);
            assertThat(run.lines("chunk")).hasSize(3);
        }
    }

    static void assertFourAttempts(Wire wire, DemoServer server, Run run) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.types().stream().filter(type -> !type.equals("chunk"))).containsExactly("""
                        attempt failure retry attempt failure retry attempt failure retry attempt completion""".split("\\s+"));
        List<JsonNode> failures = run.lines("failure");
        assertThat(failures.get(0).path("category").asString()).isEqualTo("rate_limited");
        assertThat(failures.get(0).path("status").asInt()).isEqualTo(429);
        assertThat(failures.get(0).path("retry_after_ms").asLong()).isGreaterThanOrEqualTo(100);
        assertThat(run.lines("retry").get(0).path("delay_ms").asLong())
                .isGreaterThanOrEqualTo(failures.get(0).path("retry_after_ms").asLong());
        assertThat(failures.get(1).path("category").asString()).isEqualTo("overloaded");
        assertThat(failures.get(1).path("status").asInt()).isEqualTo(wire.overloadedStatus());
        assertThat(failures.get(2).path("category").asString()).isIn("connection", "incomplete_stream");
        assertThat(run.last().path("text").asString()).isEqualTo("Here you are.");
        assertThat(run.last().path("attempts").asInt()).isEqualTo(4);
        assertThat(server.requests()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("wires")
    void theStoryIsToldInWords(Wire wire) {
        for (boolean stream : new boolean[] {false, true}) {
            try (DemoServer server = failingThreeTimes(wire, stream, "0.1")) {
                Run run = stream ? run(wire, server, "--stream") : run(wire, server);

                assertThat(run.exitCode()).as(run.err()).isZero();
                assertThat(run.err()).isEmpty();
                assertThat(run.out())
                        .containsSubsequence(
                                "attempt 1",
                                "429",
                                "attempt 2",
                                String.valueOf(wire.overloadedStatus()),
                                "attempt 3",
                                "attempt 4",
                                "Here you are.",
                                "4 attempts");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("wires")
    void whatWillNotPassIsNotTriedAgain(Wire wire) {
        for (String[] arguments : new String[][] {{"--json"}, {"--json", "--stream"}}) {
            assertFailsAtOnce(wire, wire.spent(), arguments, "quota_exhausted", "billing");
            assertFailsAtOnce(wire, wire.wrongKey(), arguments, "authentication");
        }
    }

    private static void assertFailsAtOnce(Wire wire, Reply reply, String[] arguments, String... categories) {
        try (DemoServer server = DemoServer.start(question -> reply)) {
            Run run = run(wire, server, arguments);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.types()).containsExactly("attempt", "failure", "error");
            assertThat(run.last().path("category").asString()).isIn((Object[]) categories);
            assertThat(run.last().path("retryable").asBoolean()).isFalse();
            assertThat(run.last().path("reason").asString()).isEqualTo("NOT_RETRYABLE");
            assertThat(run.out()).doesNotContain(Run.KEY);
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void everyModuleOnTheClassPathHasItsWire() {
        List<String> modules = ServiceLoader.load(LlmProviderFactory.class).stream()
                .map(module -> module.type().getPackageName())
                .sorted()
                .toList();

        assertThat(modules).hasSameSizeAs(Wire.all());
    }
}
