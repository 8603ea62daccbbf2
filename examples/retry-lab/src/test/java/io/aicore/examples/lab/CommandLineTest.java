package io.aicore.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.examples.lab.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static final String MINE = """
            description: mine & <yours>
            duration: 40
            clients: {processes: 3, rate: 10, timeout: 5, deadline: 10}
            provider: {service: {mean: 1}}
            faults: [{kind: unavailable, from: 10, to: 20}]
            policies: [aicore, none, exponential]
            expect: {load: "<= 0.9", exponential: {load: "<= 1"}}
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Path scenario = Path.of("mine.yaml");

    @BeforeEach
    void writeScenario() throws IOException {
        scenario = Files.writeString(directory.resolve("mine.yaml"), MINE);
    }

    private int run(boolean terminal, String... args) {
        out.reset();
        err.reset();
        return new Main(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), terminal).run(args);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    @Test
    void aTableOfAScenario() {
        assertThat(run(false, "run", scenario.toString(), "--seeds", "2")).isZero();
        assertThat(out())
                .contains("### mine")
                .contains("mean ± 95 % confidence over 2 seeds")
                .containsPattern("\\| none +\\| +1\\.00")
                .contains("- reached: aicore load <= 0.90:")
                .contains("- NOT REACHED: exponential load <= 1.00:");
        assertThat(err()).isEmpty();
    }

    @Test
    void checkFailsForWhatIsNotReached() {
        assertThat(run(false, "run", scenario.toString(), "--seeds", "1", "--check"))
                .isEqualTo(Main.NOT_REACHED);
        assertThat(run(false, "run", scenario.toString(), "--seeds", "1", "--check", "--policy", "aicore"))
                .isZero();
    }

    @Test
    void checkRefusesToCheckNothing() throws IOException {
        assertWrong("--check: nothing to check", "run", scenario.toString(), "--check", "--policy", "none");
        Files.writeString(scenario, MINE.replaceFirst("expect:.*", ""));
        assertWrong("--check: nothing to check", "run", scenario.toString(), "--check");
    }

    @Test
    void filesForSpreadsheetAndBrowser() throws IOException {
        Path results = directory.resolve("results");
        assertThat(run(false, "run", scenario.toString(), "--seeds", "2", "--out", results.toString()))
                .isZero();
        List<String> figures = Files.readAllLines(results.resolve("figures.csv"));
        assertThat(figures).contains("scenario,policy,metric,unit,mean,confidence95,seeds");
        assertThat(figures).anyMatch(line -> line.startsWith("mine,none,load,×,1.0,0.0,2"));
        assertThat(Files.readAllLines(results.resolve("runs.csv"))).hasSize(1 + 3 * 2 * 16);
        assertThat(Files.readAllLines(results.resolve("series.csv"))).hasSizeGreaterThan(3 * 50);
        String page = Files.readString(results.resolve("retry-lab.html"));
        assertThat(page)
                .contains("mine &amp; &lt;yours&gt;")
                .contains("uPlot")
                .contains("\"name\":\"exponential\"")
                .doesNotContain("/*page.js*/", "<!--sections-->")
                .doesNotContainPattern("(src|href)=\"?https?:");
    }

    @Test
    void aProgressBarOnATerminalOnly() {
        run(true, "run", scenario.toString(), "--seeds", "1");
        assertThat(err()).contains("3/3").contains("####");
        run(false, "run", scenario.toString(), "--seeds", "1");
        assertThat(err()).isEmpty();
    }

    @Test
    void wrongUseIsOneLine() throws IOException {
        assertWrong("--seeds: 0 (expected: 1 to 1000)", "run", scenario.toString(), "--seeds", "0");
        assertWrong("--policy: 'luck' (expected one of: aicore,", "run", scenario.toString(), "--policy", "luck");
        assertWrong("nowhere.yaml: no such file", "run", "nowhere.yaml");
        assertWrong("FILE", "run");
        Files.writeString(scenario, MINE + "colour: red\n");
        assertWrong("mine.yaml: colour: unknown (expected one of: name,", "run", scenario.toString());
        Files.writeString(scenario, MINE.replace("none,", "luck,"));
        assertWrong("mine.yaml: policies: 'luck' (expected one of: aicore,", "run", scenario.toString());
        Files.writeString(scenario, MINE.replace("\"<= 0.9\"", "same as luck"));
        assertWrong("mine.yaml: expect.load: 'luck' (expected one of: aicore,", "run", scenario.toString());
    }

    @Test
    void policiesOfAFileAreCheckedEvenIfOthersAreAskedFor() throws IOException {
        Files.writeString(scenario, MINE.replace("none,", "luck,"));
        assertWrong("mine.yaml: policies: 'luck'", "run", scenario.toString(), "--policy", "none");
    }

    @Test
    void scenariosHaveNamesOfTheirOwn() throws IOException {
        Path other = Files.writeString(directory.resolve("other.yaml"), "name: mine\n" + MINE);
        assertWrong(
                "other.yaml: name: 'mine' (expected: not that of " + scenario + ")",
                "run",
                scenario.toString(),
                other.toString());
        assertThat(run(false, "run", scenario.toString(), scenario.toString(), "--seeds", "1"))
                .isZero();
    }

    private void assertWrong(String message, String... args) {
        assertThat(run(false, args)).isEqualTo(Main.WRONG_USE);
        assertThat(out()).isEmpty();
        assertThat(err()).startsWith("retry-lab: ").contains(message).hasLineCount(1);
    }

    @Test
    void theReferenceOfAComparisonRunsToo() throws IOException {
        Files.writeString(scenario, MINE.replace("\"<= 0.9\"", "same as aicore-retries-only"));
        run(false, "run", scenario.toString(), "--seeds", "2", "--policy", "aicore");
        assertThat(out())
                .contains("| aicore-retries-only")
                .contains("aicore load same as aicore-retries-only: difference");
    }

    @Test
    void whatThereIs() {
        assertThat(run(false, "list")).isZero();
        assertThat(out()).contains("outage-hanging").contains("aws-standard").contains("* aicore-no-circuit");
        assertThat(run(false, "show", "outage")).isZero();
        assertThat(out()).isEqualTo(Scenarios.text("outage"));
        assertThat(run(false, "--help")).isZero();
        assertThat(out()).contains("run").contains("list").contains("show");
    }
}
