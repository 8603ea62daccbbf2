package io.aicore.anthropic;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;

/** Errors under a status that says success. */
final class ErrorsInside {

    private static final String OVERLOADED = "overloaded_error";
    private static final int OVERLOADED_STATUS = 529;

    private ErrorsInside() {}

    /** Whether this is an error: by its type, or a gateway's object or text under {@code error}. */
    static boolean in(JsonFields tree) {
        return "error".equals(tree.string("type")) || JsonAnswer.hasError(tree);
    }

    /** The failure, as if it had come with the status that this API gives it. */
    static LlmException failure(JsonAnswer answer, String data, Phase phase) {
        LlmException failure = answer.reported(data, phase);
        ErrorDetails details = failure.details();
        // Other hosts say 503 for what is 529 here.
        return OVERLOADED.equals(details.code())
                ? failure.details(details.response(OVERLOADED_STATUS, OVERLOADED, details.requestId()))
                : failure;
    }
}
