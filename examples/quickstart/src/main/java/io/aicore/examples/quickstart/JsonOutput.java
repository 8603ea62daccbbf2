package io.aicore.examples.quickstart;

import io.aicore.limit.CircuitState;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import io.aicore.retry.FailedAttempt;
import io.aicore.retry.Failure;
import io.aicore.retry.RetryEvent;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON object a line, written out as it happens. The last is a {@code completion} or an {@code error}. */
final class JsonOutput implements Output {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PrintStream out;

    JsonOutput(PrintStream out) {
        this.out = out;
    }

    @Override
    public void asking(String provider, String model, boolean demo) {}

    @Override
    public void attempt(int number) {
        print(line("attempt").put("number", number));
    }

    @Override
    public void failed(RetryEvent.AttemptFailed event) {
        Failure failure = event.failure();
        print(line("failure")
                .put("number", event.number())
                .put("category", failure.category())
                .put("status", failure.status())
                .put("retryable", failure.retryable())
                .put("retry_after_ms", millis(failure.retryAfter()))
                .put("why", failure.why()));
    }

    @Override
    public void retry(RetryEvent.RetryScheduled event) {
        print(line("retry")
                .put("number", event.number() + 1)
                .put("delay_ms", millis(event.delay()))
                .put("cause", event.why()));
    }

    @Override
    public void waitingForCircuit(RetryEvent.WaitingForCircuit wait) {}

    @Override
    public void waitingForAdmission(RetryEvent.Admission wait) {}

    @Override
    public void circuit(CircuitState state) {}

    @Override
    public void chunk(String text) {
        print(line("chunk").put("text", text));
    }

    @Override
    public void completion(Completion answer) {
        Provenance provenance = answer.provenance();
        ObjectNode line = line("completion")
                .put("text", answer.text())
                .put("finish_reason", answer.finishReason().word())
                .put("attempts", provenance == null ? null : provenance.attempts())
                .put("waited_ms", provenance == null ? null : millis(provenance.waited()));
        usage(line, answer.usage());
        print(line);
    }

    @Override
    public void error(Throwable error) {
        print(error instanceof LlmException failure ? failure(failure) : bug(error));
    }

    @Override
    public void cancelled() {}

    private static ObjectNode failure(LlmException failure) {
        ObjectNode line = line("error")
                .put("category", failure.category().word())
                .put("status", failure.status())
                .put("retryable", failure.retryable())
                .put("retry_after_ms", millis(failure.retryAfter()))
                .put(
                        "reason",
                        failure.reason() == null ? null : failure.reason().name())
                .put("message", failure.getMessage());
        ArrayNode attempts = line.putArray("attempts");
        failure.attempts().forEach(attempt -> attempt(attempts.addObject(), attempt));
        Completion partial = failure.partial();
        return line.put("partial", partial == null ? null : partial.text());
    }

    /** Without its message: nobody has looked whether it quotes the prompt. */
    private static ObjectNode bug(Throwable error) {
        ObjectNode line = line("error")
                .put("category", ErrorCategory.CLIENT_ERROR.word())
                .putNull("status")
                .put("retryable", false)
                .putNull("retry_after_ms")
                .putNull("reason")
                .put("message", error.getClass().getName());
        line.putArray("attempts");
        return line.putNull("partial");
    }

    private static void attempt(ObjectNode node, FailedAttempt attempt) {
        Failure failure = attempt.failure();
        node.put("number", attempt.number())
                .put("duration_ms", millis(attempt.duration()))
                .put("phase", failure.phase())
                .put("status", failure.status())
                .put("category", failure.category())
                .put("request_id", failure.requestId())
                .put("delay_ms", millis(attempt.delay()))
                .put("why", failure.why());
    }

    private static void usage(ObjectNode line, @Nullable Usage usage) {
        if (usage == null) {
            line.putNull("usage");
            return;
        }
        line.putObject("usage")
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cached_tokens", usage.cachedTokens())
                .put("reasoning_tokens", usage.reasoningTokens());
    }

    private static ObjectNode line(String type) {
        return JSON.createObjectNode().put("type", type);
    }

    private static @Nullable Long millis(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis();
    }

    private void print(ObjectNode line) {
        out.print(line.toString() + "\n");
        out.flush();
    }
}
