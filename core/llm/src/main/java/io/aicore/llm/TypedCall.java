package io.aicore.llm;

import io.aicore.limit.Guard;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Provenance;
import io.aicore.llm.chat.RequestOptions;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.codec.schema.RecordSchema;
import io.aicore.llm.codec.schema.SchemaMismatchException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;
import io.aicore.llm.internal.FailureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A call whose answer is a record: sends the schema, reads the answer, and sends one that does not match back once. */
record TypedCall<T>(LlmProvider provider, CompletionRequest asked, RecordSchema<T> schema) {

    /** Context key of a call whose answer may stand in the reasoning text. */
    static final Object LOOKS_IN_THOUGHTS = TypedCall.class.getName() + ".looksInThoughts";

    Mono<TypedCompletion<T>> answer() {
        Mono<TypedCompletion<T>> answer = Guard.mono("the provider", () -> {
            CompletionRequest request = withSchema();
            return asked(request).flatMap(given -> Guard.call("the record", () -> read(request, given)));
        });
        return answer.onErrorMap(
                error -> !(error instanceof LlmException),
                thrown -> FailureMapping.typed(provider.name(), asked.model(), thrown));
    }

    private Mono<Completion> asked(CompletionRequest request) {
        return provider.complete(request).contextWrite(context -> context.put(LOOKS_IN_THOUGHTS, true));
    }

    private CompletionRequest withSchema() {
        ResponseFormat format = new ResponseFormat.JsonSchema(schema.name(), schema.schema(), schema.strict());
        CompletionRequest formatted = asked.toBuilder().responseFormat(format).build();
        return provider.nativeJsonSchema(formatted)
                ? formatted
                : asked.toBuilder().messages(instructed()).build();
    }

    /** The schema is at the end of the system prompt, in the same message: not every host accepts several. */
    private List<Message> instructed() {
        String instruction =
                "Answer with one JSON object and nothing else. It must fit this JSON schema:\n" + schema.text();
        List<Message> messages = new ArrayList<>(asked.messages());
        Message first = messages.get(0);
        if (first.role() != Role.SYSTEM) {
            messages.add(0, Message.system(instruction));
            return messages;
        }
        List<Content> content = new ArrayList<>(first.content());
        int last = content.size() - 1;
        if (last >= 0 && content.get(last) instanceof Content.Text text) {
            content.set(last, Content.text(text.text() + "\n\n" + instruction));
        } else {
            content.add(Content.text(instruction));
        }
        messages.set(0, new Message(Role.SYSTEM, content, List.of(), null, null, first.extra()));
        return messages;
    }

    private Mono<TypedCompletion<T>> read(CompletionRequest request, Completion answer) {
        LlmException noAnswer = noAnswer(answer);
        if (noAnswer != null) {
            return Mono.error(FailureState.partial(noAnswer, answer));
        }
        try {
            return Mono.just(new TypedCompletion<>(value(answer), answer, false));
        } catch (SchemaMismatchException mismatch) {
            return asked(repair(request, answer, mismatch))
                    .doOnError(LlmException.class, failure -> keep(failure, answer))
                    .map(second -> second.after(answer))
                    .flatMap(mended -> Guard.call("the record", () -> readRepaired(mended)));
        }
    }

    /** The parsers of some hosts put the answer of a model with an unclosed thinking block into the reasoning. */
    private T value(Completion answer) {
        String thoughts = answer.reasoning();
        return schema.extract(answer.text().isBlank() && thoughts != null ? thoughts : answer.text());
    }

    private Mono<TypedCompletion<T>> readRepaired(Completion answer) {
        LlmException noAnswer = noAnswer(answer);
        if (noAnswer != null) {
            return Mono.error(FailureState.partial(noAnswer, answer));
        }
        try {
            return Mono.just(new TypedCompletion<>(value(answer), answer, true));
        } catch (SchemaMismatchException mismatch) {
            String why = "the answer does not match " + schema.name() + " after one repair: " + mismatch.getMessage();
            return Mono.error(FailureState.partial(
                    failure(ErrorCategory.MALFORMED_RESPONSE, "schema_mismatch", why, answer, mismatch), answer));
        }
    }

    private static void keep(LlmException failure, Completion answer) {
        if (failure.partial() == null) {
            FailureState.partial(failure, answer);
        }
    }

    private static CompletionRequest repair(
            CompletionRequest request, Completion answer, SchemaMismatchException mismatch) {
        List<Message> messages = new ArrayList<>(request.messages());
        if (!answer.text().isEmpty()) {
            messages.add(answer.message());
        }
        messages.add(Message.user("This answer does not fit the JSON schema:\n" + mismatch.forTheModel()
                + "\nAnswer again with the whole corrected JSON object and nothing else."));
        return request.toBuilder()
                .messages(messages)
                .overrides(left(request.overrides(), answer.provenance()))
                .build();
    }

    /** The request's deadline covers both rounds; the first has used a part of it. */
    private static RequestOptions left(RequestOptions overrides, @Nullable Provenance first) {
        Duration deadline = overrides.deadline();
        if (deadline == null || first == null) {
            return overrides;
        }
        Duration left = deadline.minus(first.latency());
        // At the last instant too the call is made, and fails as calls past their deadline do.
        return overrides.deadline(left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left);
    }

    /** The reason why the answer cannot be repaired; null if it can. */
    private @Nullable LlmException noAnswer(Completion answer) {
        FinishReason reason = answer.finishReason();
        boolean declined = answer.text().isEmpty()
                && answer.refusal() != null
                && !answer.refusal().isEmpty();
        if (reason == FinishReason.REFUSAL || declined) {
            return failure(ErrorCategory.CONTENT_FILTERED, "refusal", "the model declined to answer", answer, null);
        }
        if (!answer.toolCalls().isEmpty()) {
            String why =
                    "the model asks for tool calls instead of answering (expected: an answer; ToolLoop runs tools)";
            return failure(ErrorCategory.MALFORMED_RESPONSE, "tool_calls", why, answer, null);
        }
        return switch (reason) {
            case CONTENT_FILTER ->
                failure(
                        ErrorCategory.CONTENT_FILTERED,
                        "content_filter",
                        "the content filter truncated the answer",
                        answer,
                        null);
            case LENGTH ->
                failure(
                        ErrorCategory.MALFORMED_RESPONSE,
                        "length",
                        "the token limit truncated the answer",
                        answer,
                        null);
            case CONTEXT_WINDOW ->
                failure(
                        ErrorCategory.MALFORMED_RESPONSE,
                        "context_window",
                        "the full context window truncated the answer",
                        answer,
                        null);
            default -> null;
        };
    }

    private LlmException failure(
            ErrorCategory category, String code, String why, Completion answer, @Nullable Throwable cause) {
        ErrorDetails details = ErrorDetails.of(provider.name(), category, false, why)
                .model(answer.model().isEmpty() ? asked.model() : answer.model())
                .response(null, code, null)
                .phase(Phase.BODY);
        return LlmException.of(details, cause);
    }
}
