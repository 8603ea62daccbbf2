package io.aicore.examples.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.examples.lab.scenario.Expectation.Comparison;
import io.aicore.retry.Jitter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioReaderTest {

    private static final String LEAST = "duration: 2m\nclients: {rate: 5}\n";

    static List<String> shipped() {
        return Scenarios.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void readsWhatComesWithTheLab(String name) {
        Scenario scenario = Scenarios.load(name);
        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.title().description()).isNotBlank();
    }

    @Test
    void readsItsOwnDocumentation() {
        Scenario scenario = Scenarios.parse("format", Scenarios.text("format"));
        assertThat(scenario.faults()).isNotEmpty();
        assertThat(scenario.aicore().retry()).isEqualTo(AiCoreSpec.DEFAULTS.retry());
        assertThat(scenario.aicore().admission()).isEqualTo(AiCoreSpec.DEFAULTS.admission());
        assertThat(scenario.aicore().budget()).isEqualTo(AiCoreSpec.DEFAULTS.budget());
        assertThat(scenario.aicore().concurrency()).isEqualTo(AiCoreSpec.DEFAULTS.concurrency());
        assertThat(scenario.aicore().circuit()).isEqualTo(AiCoreSpec.DEFAULTS.circuit());
    }

    @Test
    void theLeastThatIsNeeded() {
        Scenario scenario = Scenarios.parse("dir/my own.yaml", LEAST);
        assertThat(scenario.name()).isEqualTo("my own");
        assertThat(scenario.study().duration()).isEqualTo(120);
        assertThat(scenario.clients().timeout()).isEqualTo(30);
        assertThat(scenario.provider().slots()).isEqualTo(ProviderSpec.UNLIMITED);
        assertThat(scenario.aicore()).isEqualTo(AiCoreSpec.DEFAULTS);
        assertThat(scenario.study().fault()).isNull();
    }

    @Test
    void settingsOfOurs() {
        Scenario scenario = Scenarios.parse("x", LEAST + """
                        aicore:
                          retry: {maxRetries: 7, initialDelay: 250ms, jitter: full}
                          admission: {preset: batch, maxWaiting: 5}
                          circuit: {openTime: 1, maxOpenTime: 3s}
                          concurrency: {limit: 8, adaptive: true}
                          budget: {enabled: false}
                        """);
        assertThat(scenario.aicore().retry().maxRetries()).isEqualTo(7);
        assertThat(scenario.aicore().retry().initialDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(scenario.aicore().retry().jitter()).isEqualTo(Jitter.full());
        assertThat(scenario.aicore().admission().maxWaiting()).isEqualTo(5);
        assertThat(scenario.aicore().admission().deadlineShare()).isEqualTo(0.9);
        assertThat(scenario.aicore().circuit().maxOpenTime()).isEqualTo(Duration.ofSeconds(3));
        assertThat(scenario.aicore().concurrency().adaptive()).isTrue();
        assertThat(scenario.aicore().budget().enabled()).isFalse();
    }

    @Test
    void faultsByTheirNames() {
        Scenario scenario = Scenarios.parse("x", LEAST + """
                        faults:
                          - {kind: flapping, from: 10, to: 20}
                          - {kind: partial, from: 15, to: 30}
                          - {kind: brown-out, from: 15, to: 40, retryAfter: 3}
                        """);
        assertThat(scenario.faults()).extracting(Fault::kind).containsOnly(Fault.Kind.UNAVAILABLE);
        assertThat(scenario.faults().get(0).period()).isEqualTo(new Fault.Period(10, 20, 4, 2));
        assertThat(scenario.faults().get(1).scope().calls()).isTrue();
        assertThat(scenario.faults().get(2).scope().share()).isEqualTo(0.3);
        assertThat(scenario.faults().get(2).retryAfter()).isEqualTo(RetryAfter.constant(3));
        assertThat(scenario.study().fault()).isEqualTo(new Study.Window(10, 40));
    }

    @Test
    void expectations() {
        Scenario scenario = Scenarios.parse(
                "x", LEAST + "expect: {load: '<= 0.2', p99: same as none, full-jitter: {success: '>= 99'}}");
        assertThat(scenario.study().expectations())
                .containsExactly(
                        new Expectation("aicore", Metric.LOAD, Comparison.AT_MOST, 0.2, null),
                        new Expectation("aicore", Metric.P99, Comparison.SAME, 0, "none"),
                        new Expectation("full-jitter", Metric.SUCCESS, Comparison.AT_LEAST, 99, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    duration: 10                                             | clients.rate: missing (expected: calls a second
                    clients: {rate: 5}                                       | duration: missing (expected: seconds
                    {duration: -1, clients: {rate: 5}}                       | duration: -1 (expected: seconds
                    {duration: soon, clients: {rate: 5}}                     | duration: 'soon' (expected: seconds or a text such as 250ms, 5s, 2m
                    {duration: 9, clients: {rate: 5}, colour: red}           | colour: unknown (expected one of: name, description, duration
                    {duration: 9, clients: {rate: 5, speed: 1}}              | clients.speed: unknown (expected one of:
                    {duration: 9, clients: {rate: fast}}                     | clients.rate: 'fast' (expected: 0 to 100000)
                    {duration: 9, clients: {rate: 5, processes: 1.5}}        | clients.processes: 1.5 (expected: a whole number, 1 to 100000)
                    {duration: 9, clients: {rate: 5, stream: maybe}}         | clients.stream: 'maybe' (expected: true or false)
                    {duration: 9, clients: {rate: 5}, provider: {slots: 0}}  | provider.slots: 0 (expected: 1 to 1000000)
                    {duration: 9, clients: {rate: 5}, provider: {abandoned: no}} | provider.abandoned: 'no' (expected: finish or stop)
                    {duration: 9, clients: {rate: 5}, provider: {service: {shape: flat}}} | provider.service.shape: 'flat' (expected: log-normal, exponential, constant)
                    {duration: 9, clients: {rate: 5}, provider: {limits: {requests: {burst: 3}}}} | provider.limits.requests.rate: missing (expected: more than 0
                    {duration: 9, clients: {rate: 5}, faults: [{kind: fire}]} | faults[0].kind: 'fire' (expected: unavailable, hang, slow-down
                    {duration: 9, clients: {rate: 5}, faults: [{from: 3}]}   | faults[0].kind: missing
                    {duration: 9, clients: {rate: 5}, faults: [{kind: hang, from: 8, to: 3}]} | faults[0].to: 3.0 (expected: after from, 8.0)
                    {duration: 9, clients: {rate: 5}, faults: [{kind: hang, from: 70, to: 80}]} | faults[0].from: 70.0 (expected: before the end, 69.0)
                    {duration: 9, clients: {rate: 5, phases: [{from: 3, to: 1, factor: 2}]}} | clients.phases[0].to: 1.0 (expected: after from, 3.0)
                    {duration: 9, clients: {rate: 5, phases: [{from: 9, to: 12, factor: 2}]}} | clients.phases[0].from: 9.0 (expected: before the end, 9.0)
                    {duration: 9, clients: {rate: 5, phases: [{to: 12, factor: 2}]}} | clients.phases[0].from: missing (expected: seconds
                    {duration: 9, clients: {rate: 5}, measure: {window: {from: 10, to: 20}}} | measure.window.from: 10.0 (expected: before the end, 9.0)
                    {duration: 9, clients: {rate: 5}, measure: {fault: {from: 5, to: 5}}} | measure.fault.to: 5.0 (expected: after from, 5.0)
                    {duration: 24h, clients: {rate: 1000}} | clients.rate: '86400000 calls in the duration' (expected: at most 10000000)
                    {duration: 9, clients: {rate: 1, phases: [{from: 1, to: 9, factor: 1000}, {from: 1, to: 9, factor: 1000}, {from: 1, to: 9, factor: 10}]}} | clients.rate: '80000001 calls in the duration'
                    {duration: 9, clients: {processes: 100, burst: {calls: 1000000}}} | clients.burst: '100000000 calls' (expected: at most 10000000)
                    {duration: 9, clients: {processes: 1000, agents: {number: 2000}}} | clients.agents: '2000000 agents' (expected: at most 1000000)
                    {duration: 9, clients: {rate: 5}, faults: {kind: hang}}  | faults: {kind=hang} (expected: a list of mappings)
                    {duration: 9, clients: {rate: 5}, faults: [{kind: hang, retryAfter: auto}]} | faults[0].retryAfter: 'auto' (expected: none, seconds
                    {duration: 9, clients: {rate: 5}, columns: [speed]}      | columns: 'speed' (expected: one of: load, peak
                    {duration: 9, clients: {rate: 5}, expect: {load: small}} | expect.load: 'small' (expected: '<= NUMBER'
                    {duration: 9, clients: {rate: 5}, aicore: {retry: {maxRetries: -1}}} | aicore.retry.maxRetries: -1 (expected: 0 to 1000)
                    {duration: 9, clients: {rate: 5}, aicore: {retry: {jitter: big}}} | aicore.retry: jitter: 'big' (expected: none, full
                    {duration: 9, clients: {rate: 5}, aicore: {circuit: {openTime: 5, maxOpenTime: 1}}} | aicore.circuit: maxOpenTime: PT1S (expected:
                    {duration: 9, clients: {rate: 5}, aicore: {budget: {start: 50}}} | aicore.budget: start 50.0
                    {duration: 9, clients: {rate: 5}, name: }                | name: null (expected: a value)
                    {duration: 9, duration: 8, clients: {rate: 5}}           | no YAML
                    just a text                                              | 'just a text' (expected: a mapping)
                    """)
    void refusesByNameWithWhatIsExpected(String yaml, String message) {
        assertThatThrownBy(() -> Scenarios.parse("mine.yaml", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mine.yaml: ")
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThere() {
        assertThatThrownBy(() -> Scenarios.load("nowhere.yaml"))
                .hasMessageContaining("nowhere.yaml: no such file (nor one of: outage,");
    }
}
