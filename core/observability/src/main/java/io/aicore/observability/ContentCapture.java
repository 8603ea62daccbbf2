package io.aicore.observability;

import io.aicore.limit.Guard;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallRequest;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.util.Logger;
import reactor.util.Loggers;

/** Prompt and answer as stored: nothing unless enabled, and only after the caller's redaction. */
final class ContentCapture {

    static final ContentCapture OFF = new ContentCapture(null, 0);

    private static final Logger LOG = Loggers.getLogger(LlmOperationCollector.class);

    private final @Nullable UnaryOperator<String> redaction;
    private final int maxChars;

    private ContentCapture(@Nullable UnaryOperator<String> redaction, int maxChars) {
        this.redaction = redaction;
        this.maxChars = maxChars;
    }

    static ContentCapture stored(UnaryOperator<String> redaction, int maxChars) {
        return new ContentCapture(redaction, maxChars);
    }

    @Nullable
    String prompt(CallRequest request) {
        if (redaction == null) {
            return null;
        }
        CompletionRequest completion = request.completion();
        if (completion != null) {
            return redacted(completion.messages().stream()
                    .map(message -> message.role().word() + ": " + message.text())
                    .collect(Collectors.joining("\n")));
        }
        return request.embedding() == null
                ? null
                : redacted(String.join("\n", request.embedding().inputs()));
    }

    @Nullable
    String answer(CallEnd end) {
        Completion answer = end.answer();
        return redaction == null || answer == null ? null : redacted(answer.text());
    }

    /** Null if the redaction fails, never the original text. */
    private @Nullable String redacted(String text) {
        try {
            return redaction == null ? null : Column.cut(redaction.apply(text), maxChars);
        } catch (Throwable thrown) {
            Guard.throwIfJvmEnds(thrown);
            LOG.warn(
                    "the redaction threw {}; the text is not stored",
                    thrown.getClass().getName());
            return null;
        }
    }
}
