package io.aicore.llm.http;

import io.netty.util.AsciiString;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Header names in lower case. A host sends the same ones with each response: those it began with are kept as texts. */
final class HeaderNames {

    static final int MOST_KEPT = 128;

    private static final int LONGEST_KEPT = 64;

    private final Map<AsciiString, String> kept = new ConcurrentHashMap<>();

    String lower(CharSequence name) {
        if (!(name instanceof AsciiString ascii)) {
            return name.toString().toLowerCase(Locale.ROOT);
        }
        @Nullable String known = kept.get(ascii);
        if (known != null) {
            return known;
        }
        String lower = ascii.toString().toLowerCase(Locale.ROOT);
        if (kept.size() < MOST_KEPT && lower.length() <= LONGEST_KEPT) {
            // Of its own: the one that came may be a part of what else has been received.
            kept.put(new AsciiString(ascii.toByteArray()), lower);
        }
        return lower;
    }
}
