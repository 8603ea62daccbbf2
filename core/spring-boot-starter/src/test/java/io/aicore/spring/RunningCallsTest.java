package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.limit.CircuitBreaker;
import io.aicore.limit.CircuitSettings;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallOutcome;
import io.aicore.llm.observe.CallRequest;
import io.aicore.testkit.CallEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

class RunningCallsTest {

    private final RunningCalls calls = new RunningCalls();
    private final List<String> heard = new ArrayList<>();

    @Test
    void stopsAtOnceWithoutCalls() {
        calls.start();

        calls.stop(() -> heard.add("stopped"));

        assertThat(heard).containsExactly("stopped");
        assertThat(calls.isRunning()).isFalse();
    }

    @Test
    void stopsOnceWithTheLastCall() {
        calls.start();
        CallObservation first = begin();
        CallObservation second = begin();

        calls.stop(() -> heard.add("stopped"));
        first.ended(END);
        assertThat(heard).isEmpty();
        second.ended(END);
        assertThat(heard).containsExactly("stopped");
        begin().ended(END);

        assertThat(heard).containsExactly("stopped");
    }

    private static final CallEnd END = CallEvents.end(CallOutcome.CANCELLED);

    private CallObservation begin() {
        return calls.begin(
                CallEvents.start(
                        "openai",
                        null,
                        CallRequest.of(CallKind.COMPLETE, CompletionRequest.of("why")),
                        CircuitBreaker.of("c", CircuitSettings.defaults())),
                Context.empty());
    }
}
