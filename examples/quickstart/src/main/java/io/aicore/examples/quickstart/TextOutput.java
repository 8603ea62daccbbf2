package io.aicore.examples.quickstart;

import io.aicore.limit.AdmissionEvent;
import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.LlmException;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryEvent;
import io.aicore.retry.RetryHistory;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What happens, in words: the way to the answer and the answer on {@code out}, a failed call's story on {@code err}. */
final class TextOutput implements Output {

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Countdown countdown;
    private @Nullable CircuitState circuit;
    private boolean answering;

    TextOutput(PrintStream out, PrintStream err, Terminal terminal, Countdown countdown) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.countdown = countdown;
    }

    @Override
    public void asking(String provider, String model, boolean demo) {
        if (demo) {
            line("No key in the environment: asking a scripted provider on this machine. It answers 429, then 503,");
            line("then hangs up, then answers. Set LLM_API_KEY to ask a real one; --help says more.");
            line("");
        }
        line(terminal.bold(provider + " " + model));
    }

    @Override
    public void attempt(int number) {
        countdown.stop();
        line("attempt " + number);
    }

    @Override
    public void failed(RetryEvent.AttemptFailed event) {
        endAnswer();
        line(label(
                "failed",
                terminal.red(what(event.failure())) + " after " + Words.seconds(event.duration()) + ": "
                        + event.failure().why()));
    }

    @Override
    public void retry(RetryEvent.RetryScheduled event) {
        line(label("waiting", terminal.yellow(Words.seconds(event.delay())) + ": " + event.why()));
        countdown.start(event.delay());
    }

    @Override
    public void waitingForCircuit(RetryEvent.WaitingForCircuit event) {
        countdown.stop();
        line(label("waiting", terminal.yellow(Words.seconds(event.delay())) + ": " + event.why()));
        countdown.start(event.delay());
    }

    @Override
    public void waitingForAdmission(RetryEvent.Admission event) {
        countdown.stop();
        if (!(event.event() instanceof AdmissionEvent.WaitBegan wait)) {
            return;
        }
        boolean known = !wait.expected().isZero();
        String least = known ? terminal.yellow(Words.seconds(wait.expected())) + ": " : "";
        line(label("waiting", least + wait.reason().why()));
        if (known) {
            countdown.start(wait.expected());
        }
    }

    @Override
    public void circuit(CircuitState state) {
        countdown.stop();
        circuit = state;
        line(label("circuit", circuitWord(state)));
    }

    @Override
    public void chunk(String text) {
        if (!answering) {
            answering = true;
            line("");
        }
        out.print(Words.harmless(text));
        out.flush();
    }

    @Override
    public void completion(Completion answer) {
        if (!answering) {
            chunk(answer.text().isEmpty() && answer.refusal() != null ? answer.refusal() : answer.text());
        }
        endAnswer();
        line("");
        line(label("finished", Words.lower(answer.finishReason()) + ", by " + answer.model()));
        Provenance provenance = answer.provenance();
        if (provenance != null) {
            line(label("took", took(provenance)));
        }
        line(label("tokens", tokens(answer.usage())));
        if (circuit != null) {
            line(label("circuit", circuitWord(circuit)));
        }
    }

    @Override
    public void error(Throwable error) {
        countdown.stop();
        endAnswer();
        if (error instanceof LlmException failure) {
            story(failure);
        } else {
            // Without its message: nobody has looked whether it quotes the prompt.
            err.println("The call failed: " + error.getClass().getName());
        }
        err.flush();
    }

    @Override
    public void cancelled() {
        countdown.stop();
        endAnswer();
        err.println("cancelled");
        err.flush();
    }

    private void story(LlmException failure) {
        err.println("The call failed: " + Words.harmless(String.valueOf(failure.getMessage())));
        RetryHistory history = failure.history();
        if (history != null) {
            err.println("  " + history);
        }
        for (FailedAttempt attempt : failure.attempts()) {
            Duration delay = attempt.delay();
            String wait = delay == null ? "" : ", then waited " + Words.seconds(delay);
            err.println("  attempt " + attempt.number() + ": " + what(attempt.failure()) + " after "
                    + Words.seconds(attempt.duration()) + wait);
        }
        Duration hint = failure.retryAfter();
        if (hint != null) {
            err.println("  the provider asked to be left alone for " + Words.seconds(hint));
        }
        if (failure.partial() != null) {
            err.println("  the answer broke off after "
                    + Words.count(failure.partialText().length(), "character"));
        }
    }

    private static String what(Failure failure) {
        String category =
                failure.category() == null ? "failure" : failure.category().replace('_', ' ');
        return failure.status() == null ? category : category + " (" + failure.status() + ")";
    }

    private static String took(Provenance provenance) {
        Duration first = provenance.timeToFirstToken();
        return Words.count(provenance.attempts(), "attempt") + " in " + Words.seconds(provenance.latency()) + ", "
                + Words.seconds(provenance.waited()) + " of it waiting"
                + (first == null ? "" : ", first token of the last attempt after " + Words.seconds(first));
    }

    private static String tokens(@Nullable Usage usage) {
        if (usage == null) {
            return "not reported";
        }
        return usage.inputTokens() + " in (" + usage.cachedTokens() + " cached), " + usage.outputTokens() + " out ("
                + usage.reasoningTokens() + " reasoning)";
    }

    private String circuitWord(CircuitState state) {
        String word = Words.lower(state);
        return state == CircuitState.CLOSED ? terminal.green(word) : terminal.yellow(word);
    }

    private String label(String name, String text) {
        return "  " + terminal.dim(name) + " ".repeat(Math.max(1, 10 - name.length())) + text;
    }

    private void endAnswer() {
        if (answering) {
            answering = false;
            line("");
        }
    }

    private void line(String text) {
        out.println(text);
        out.flush();
    }
}
