package io.aicore.examples.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import io.aicore.llm.error.Phase;

/** Asks the classifier of the providers. A provider it has not heard of is judged by the rules that all share. */
final class Explainer {

    private Explainer() {}

    static Verdict explain(Case failure) {
        ErrorClassifier classifier = new ErrorClassifier(failure.provider());
        LlmException error;
        if (failure.stream()) {
            StreamError found = StreamError.in(failure.headers(), failure.body());
            WireResponse head = response(failure, WireHeaders.of(found.headers()), "");
            error = classifier.inStream(null, head, found.data(), Phase.BODY);
        } else {
            error = classifier.response(null, response(failure, WireHeaders.of(failure.headers()), failure.body()));
        }
        return new Verdict(failure.id(), error.details());
    }

    private static WireResponse response(Case failure, WireHeaders headers, String body) {
        return new WireResponse(failure.status(), headers, body.getBytes(UTF_8), failure.now());
    }
}
