package io.aicore.llm.codec;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A failure as it came, in one form for all hosts.
 *
 * @param httpStatus the status of the response
 * @param status the status it stands for: its own, or for an error inside a success the one its body names; 0 if none
 */
record FailureReport(int httpStatus, int status, WireHeaders headers, Instant received, ErrorBody body) {

    static FailureReport of(int httpStatus, WireHeaders headers, Instant received, String text) {
        ErrorBody body = ErrorBody.of(text);
        return new FailureReport(httpStatus, meant(httpStatus, headers, body), headers, received, body);
    }

    private static int meant(int httpStatus, WireHeaders headers, ErrorBody body) {
        if (httpStatus / 100 != 2) {
            return httpStatus;
        }
        return body.status() != null ? body.status() : CodeWords.status(words(headers, body));
    }

    /** The machine words of body and headers. */
    Set<String> codes() {
        return words(headers, body);
    }

    String text() {
        return body.text();
    }

    List<JsonNode> trees() {
        return body.trees();
    }

    boolean says(Pattern pattern) {
        return pattern.matcher(body.text()).find();
    }

    private static Set<String> words(WireHeaders headers, ErrorBody body) {
        // AWS: "ThrottlingException:http://internal…"
        return headers.first("x-amzn-errortype")
                .map(type -> {
                    Set<String> all = new LinkedHashSet<>(body.codes());
                    all.add(ErrorBody.word(type.replaceFirst(":.*", "")));
                    return all;
                })
                .orElse(body.codes());
    }
}
