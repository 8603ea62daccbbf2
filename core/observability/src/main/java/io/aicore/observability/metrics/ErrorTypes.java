package io.aicore.observability.metrics;

import io.aicore.limit.CallNotPermittedException;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.ErrorDetails;
import io.aicore.llm.error.LlmException;

/** Error types for export, without any text that may quote a request. */
final class ErrorTypes {

    private ErrorTypes() {}

    /** The category's name, or the class of an exception without one. */
    static String of(Throwable error) {
        if (error instanceof LlmException failure) {
            return failure.category().word();
        }
        return error instanceof CallNotPermittedException
                ? ErrorCategory.CIRCUIT_OPEN.word()
                : error.getClass().getName();
    }

    /** An error of the same type without message, causes and stack trace, which handlers export. */
    static Throwable harmless(Throwable error) {
        if (error instanceof LlmException failure) {
            ErrorDetails details = failure.details();
            ErrorDetails bare = ErrorDetails.of(
                            details.provider(),
                            details.category(),
                            details.retryable(),
                            details.phase().word())
                    .model(details.model())
                    .response(details.status(), null, null);
            LlmException same = LlmException.of(bare);
            same.setStackTrace(failure.getStackTrace());
            return same;
        }
        RuntimeException bare = new RuntimeException(of(error));
        bare.setStackTrace(error.getStackTrace());
        return bare;
    }
}
