package io.aicore.anthropic;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import io.aicore.llm.codec.wire.WireRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The beta features of one request, beside those of the provider: a header. */
final class Betas {

    static final String HEADER = "anthropic-beta";

    /** The extra field with them: a name, or a list of names. */
    static final String FIELD = "betas";

    private Betas() {}

    /** The names; NotOnTheWireException if they are none. */
    static List<String> of(CompletionRequest request) {
        Object betas = request.extra().get(FIELD);
        List<String> names = new ArrayList<>();
        for (Object name : betas instanceof List<?> list ? list : betas == null ? List.of() : List.of(betas)) {
            names.add(checked(name));
        }
        return names;
    }

    /** This request with the header. */
    static WireRequest header(WireRequest encoded, CompletionRequest request) {
        List<String> names = new ArrayList<>(of(request));
        if (names.isEmpty()) {
            return encoded;
        }
        String ofProvider = encoded.headers().get(HEADER);
        if (ofProvider != null) {
            names.add(0, ofProvider);
        }
        return encoded.header(HEADER, String.join(",", names));
    }

    private static String checked(@Nullable Object name) {
        if (name instanceof String text && Options.areBetas(text)) {
            return text;
        }
        throw new NotOnTheWireException("extra field betas (expected: names of beta features)");
    }
}
