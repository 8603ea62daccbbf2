package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.AuthenticationException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.ToolRoundsExceededException;
import io.aicore.llm.tools.ToolLoopResult;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What fails in a tool loop, and who is told. */
class ToolFailureTest extends ToolLoopBench {

    record Place(String city, int days) {}

    @Test
    void theModelIsToldOfWhatCannotBeRun() {
        asks("weather", "{\"city\":\"Ulm\"}", "{\"city\":", "[1]");
        asks("made_up", "{}");
        provider.answers("done");

        ToolLoopResult result = success(loop().tool("weather", "", Place.class, place -> Mono.just("never"))
                .run("go"));

        assertThat(toolMessages(2))
                .containsExactly(
                        "The arguments do not fit the schema:\n- $.days: (expected: a value, and it is missing)",
                        "The arguments are no JSON object.",
                        "The arguments are no JSON object.",
                        "There is no such tool. There are: [weather]");
        assertThat(result.messages())
                .filteredOn(message -> message.role() == Role.TOOL)
                .allSatisfy(message -> assertThat(message.extra()).containsEntry("is_error", true));
        // Most hosts refuse arguments back that are no JSON object.
        assertThat(provider.requests.get(1).messages().get(1).toolCalls())
                .extracting(ToolCall::arguments)
                .containsExactly("{\"city\":\"Ulm\"}", "{}", "{}");
    }

    @Test
    void theModelIsToldThatAToolFailedAndNotWhy() {
        IllegalStateException secret = new IllegalStateException("password is 1234");
        asks("echo", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
        provider.answers("done");

        ToolLoopResult result = success(loop().tool(ECHO, call -> switch (call.arguments()) {
                    case "{\"n\":1}" -> Mono.error(secret);
                    case "{\"n\":2}" -> throw secret;
                    case "{\"n\":3}" -> Mono.empty();
                    default -> Mono.just("fine");
                })
                .run("go"));

        assertThat(toolMessages(1)).containsExactly("The tool failed.", "The tool failed.", "", "fine");
        assertThat(result.toolFailures())
                .extracting(failed ->
                        failed.round() + failed.call().id() + failed.error().getMessage())
                .containsExactly("1c0password is 1234", "1c1password is 1234");
        assertThat(result.toolFailures().toString())
                .contains("java.lang.IllegalStateException")
                .doesNotContain("1234");
    }

    @Test
    void whatTheModelIsToldOfAFailureCanBeSaid() {
        asks("echo", "{}");
        asks("echo", "{}");
        provider.answers("done");
        AtomicInteger failures = new AtomicInteger();

        success(loop().tool(ECHO, call -> Mono.error(new IllegalStateException("busy")))
                .onToolError((call, error) -> failures.incrementAndGet() == 1
                        ? Mono.just(call.name() + " is " + error.getMessage())
                        : Mono.empty())
                .run("go"));

        assertThat(toolMessages(2)).containsExactly("echo is busy", "The tool failed.");
    }

    @Test
    void aToolsFailureMayEndTheLoopAndCancelsTheOthers() {
        LlmException broken = ScriptedProvider.overloaded();
        AtomicInteger cancels = new AtomicInteger();
        asks("echo", "{\"n\":1}", "{}");

        LlmException failure = failure(loop().tool(
                        ECHO,
                        call -> call.arguments().equals("{}")
                                ? Mono.error(broken)
                                : Mono.<String>never().doOnCancel(cancels::incrementAndGet))
                .onToolError((call, error) -> Mono.error(error))
                .run("go"));

        assertThat(failure).isSameAs(broken);
        assertThat(cancels.get()).isEqualTo(1);
    }

    @Test
    void roundsAreBounded() {
        asks("echo", "{}");
        asks("echo", "{}");

        LlmException failure = failure(echoing().maxRounds(2).run("go"));

        assertThat(failure)
                .isInstanceOf(ToolRoundsExceededException.class)
                .hasMessageContaining("still requests tools after 2 rounds (maxRounds)");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.conversation())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.ASSISTANT);
        Completion last = Objects.requireNonNull(failure.partial());
        assertThat(last.toolCalls()).hasSize(1);
        assertThat(last.usage()).isEqualTo(Usage.of(20, 2));
        assertThat(provider.requests).hasSize(2);
    }

    @Test
    void aModelsCallIsRetriedAndTheLoopIsNot() {
        AtomicInteger runs = new AtomicInteger();
        asks("echo", "{}");
        provider.fails(ScriptedProvider.overloaded()).answers("done");

        ToolLoopResult result = success(loop().tool(ECHO, call -> {
                    runs.incrementAndGet();
                    return Mono.just("x");
                })
                .run("go"));

        assertThat(runs.get()).isEqualTo(1);
        assertThat(Objects.requireNonNull(result.completion().provenance()).attempts())
                .isEqualTo(2);
        assertThat(Objects.requireNonNull(result.provenance()).attempts()).isEqualTo(3);
    }

    @Test
    void aCallThatFailsCarriesTheConversation() {
        asks("echo", "{}");
        provider.fails(ScriptedProvider.failure(ErrorCategory.AUTHENTICATION, 401, false, null));

        LlmException failure = failure(echoing().run("go"));

        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.conversation())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        assertThat(Objects.requireNonNull(failure.partial()).usage()).isEqualTo(Usage.of(10, 1));
    }
}
