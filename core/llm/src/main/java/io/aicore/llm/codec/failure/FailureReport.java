package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.RequestIds;
import io.aicore.llm.codec.wire.SafeText;
import io.aicore.llm.codec.wire.WireHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure in one format for all hosts.
 *
 * @param httpStatus the status of the response
 * @param status the effective status: the response's, or for an error in a 2xx the one its body names; 0 without one
 * @param statusWord the code in the body that names that status; null if the response has it itself, or there is none
 * @param codes the codes in headers and body
 * @param text the body's messages, for the rules
 */
record FailureReport(
        int httpStatus,
        int status,
        @Nullable ErrorCode statusWord,
        WireHeaders headers,
        Instant received,
        ErrorBody body,
        List<ErrorCode> codes,
        String text) {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    static FailureReport of(int httpStatus, WireHeaders headers, Instant received, String text) {
        ErrorBody body = ErrorBody.of(text);
        List<ErrorCode> codes = words(headers, body);
        ErrorCode statusWord = httpStatus / 100 == 2 ? statusWord(codes, body) : null;
        int status = httpStatus;
        if (httpStatus / 100 == 2) {
            status = statusWord == null ? 0 : ErrorCodes.status(statusWord);
        }
        boolean form = status == BAD_REQUEST || status == UNPROCESSABLE;
        String read = form ? Quotations.removed(body.text()) : body.text();
        return new FailureReport(httpStatus, status, statusWord, headers, received, body, codes, read);
    }

    private static @Nullable ErrorCode statusWord(List<ErrorCode> codes, ErrorBody body) {
        return body.status() != null ? body.status() : ErrorCodes.statusWord(codes);
    }

    /** The evidence of the status. */
    Evidence statusEvidence() {
        if (statusWord != null) {
            return statusWord.evidence().and(Evidence.of("under status " + httpStatus));
        }
        return Evidence.of(
                status == 0 ? "an error under status " + httpStatus + " that names no kind" : "status " + status);
    }

    List<JsonFields> trees() {
        return body.trees();
    }

    /** The provider's id of the request, from the headers or the body; null without one. */
    @Nullable
    String requestId() {
        String id = RequestIds.of(headers);
        if (id == null && !trees().isEmpty()) {
            JsonFields tree = trees().get(0);
            String outer = tree.string("request_id");
            id = SafeText.code(outer != null ? outer : tree.string("error", "request_id"));
        }
        return id;
    }

    private static List<ErrorCode> words(WireHeaders headers, ErrorBody body) {
        // AWS: "ThrottlingException:http://internal…"
        return headers.first("x-amzn-errortype")
                .map(type -> {
                    List<ErrorCode> all = new ArrayList<>();
                    all.add(ErrorCode.of("header x-amzn-errortype", type.replaceFirst(":.*", "")));
                    all.addAll(body.codes());
                    return List.copyOf(all);
                })
                .orElse(body.codes());
    }
}
