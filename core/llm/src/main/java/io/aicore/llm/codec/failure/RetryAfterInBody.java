package io.aicore.llm.codec.failure;

import io.aicore.llm.codec.failure.RetryAfterReader.RetryAfter;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.codec.wire.Delays;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the requested delay in a body: in dedicated fields, otherwise in the text, in several languages. */
final class RetryAfterInBody {

    private static final int MAX_NODES = 2_000;

    // Names in letters and digits only. Google's RetryInfo.
    private static final String RETRY_DELAY = "retrydelay";
    private static final String RETRY_DELAY_SOURCE = "field retryDelay";
    // Cloudflare, LiteLLM and others; Hugging Face's loading models; OpenAI's subscription plans; Discord-like APIs.
    private static final Set<String> SECONDS_FIELDS = Set.of(
            RETRY_DELAY,
            "retryafter",
            "retryafterseconds",
            "retryafterduration",
            "retryin",
            "retryinseconds",
            "estimatedtime",
            "resetsin",
            "resetin",
            "resetafter",
            "resetsinseconds",
            "resetinseconds",
            "resetafterseconds",
            "waitseconds",
            "waittime",
            "cooldownseconds");
    private static final Set<String> MILLIS_FIELDS =
            Set.of("retryafterms", "retryaftermillis", "retryaftermilliseconds", "retryinms");
    // OpenRouter repeats its header, in epoch milliseconds, as metadata.
    private static final Set<String> RESET_FIELDS = Set.of("resetsat", "resetat", "xratelimitreset", "resettime");

    // "Please try again in 7m12.5s", "Please retry after 7 seconds", "Expected available in 30 seconds", "will be
    // replenished in 2.04:35:12", "wait 20 seconds", "请在 30 秒后重试".
    private static final Pattern SPAN_IN_TEXT = Pattern.compile(
            "(?:(?:try again|retry|retrying|available|resets?|replenished|renewed?|wait)(?: it)?(?: again)?"
                    + "(?: in| after| for| within| at least)?(?: about| approximately| at least| ~)?:?|请在?|等待) ?"
                    + "(" + Delays.CLOCK + "|" + Delays.SPAN + ")");
    // "30秒后重试", "10秒後に再試行", "5초 후 다시": there the word for "after" follows.
    private static final Pattern SPAN_BEFORE_AFTER = Pattern.compile("(" + Delays.SPAN + ") ?(?:之|以)?(?:后|後|후)");
    // German, French, Spanish, Portuguese, Italian, Russian: a word for trying or repeating, then "in" and the span.
    // The
    // word is asked for because "10 requests in 60 seconds" is a limit.
    private static final Pattern SPAN_IN_OTHER_LANGUAGES = Pattern.compile(
            "(?:versuche|warte|réessaye|reessaye|patiente|int[eé]nt|tente|espere|riprov|повтор|попробу|подожд)"
                    + "[^.\\d]{0,40}?(?: in| dans| en| em| tra| fra| через)? (" + Delays.SPAN + ")");
    private static final List<Pattern> SPANS = List.of(SPAN_IN_TEXT, SPAN_BEFORE_AFTER, SPAN_IN_OTHER_LANGUAGES);
    // "resets at 2026-05-15T15:00:00Z", "You will regain access on 2026-06-01 at 00:00 UTC", "try again at …".
    private static final Pattern INSTANT_IN_TEXT = Pattern.compile(
            "(?:try again|retry|resets?|available|access|renews?|until|after)(?: again)?(?: time| date)?"
                    + "(?: at| on| after| from)?:? ?(" + Delays.INSTANT + ")");
    private static final Pattern ONE = Pattern.compile("\\b(?:an?|one) (?=(?:second|minute|hour|day)\\b)");
    private static final Pattern PLAIN_KEY = Pattern.compile("[\\w-]{1,40}");

    private RetryAfterInBody() {}

    static @Nullable RetryAfter in(FailureReport report, Instant now) {
        int[] left = {MAX_NODES};
        for (JsonFields tree : report.trees()) {
            RetryAfter retryAfter = inTree(tree, now, left);
            if (retryAfter != null) {
                // Google cuts RetryInfo to whole seconds, and its message says the rest of them.
                RetryAfter said = retryAfter.source().startsWith(RETRY_DELAY_SOURCE) ? inWords(report, now) : null;
                return said != null && said.delay().compareTo(retryAfter.delay()) > 0 ? said : retryAfter;
            }
        }
        return inWords(report, now);
    }

    private static @Nullable RetryAfter inWords(FailureReport report, Instant now) {
        String text = ONE.matcher(report.text()).replaceAll("1 ");
        for (Pattern pattern : SPANS) {
            Matcher span = pattern.matcher(text);
            while (span.find()) {
                Duration delay = Delays.span(span.group(1));
                if (delay != null) {
                    // What may stand between the words of other languages is not ours, so the span alone is shown.
                    return words(delay, pattern.equals(SPAN_IN_OTHER_LANGUAGES) ? span.group(1) : span.group());
                }
            }
        }
        Matcher instant = INSTANT_IN_TEXT.matcher(text);
        Duration delay = instant.find() ? Delays.until(instant.group(1), now) : null;
        return delay == null ? null : words(delay, instant.group());
    }

    private static RetryAfter words(Duration delay, String words) {
        return new RetryAfter(delay, "the words \"" + words.strip() + '"');
    }

    private static @Nullable RetryAfter inTree(JsonFields node, Instant now, int[] left) {
        if (left[0]-- <= 0) {
            return null;
        }
        Map<String, JsonFields> members = node.members();
        for (Map.Entry<String, JsonFields> member : members.entrySet()) {
            RetryAfter retryAfter = field(member.getKey(), member.getValue(), now);
            if (retryAfter != null) {
                return retryAfter;
            }
        }
        for (JsonFields child : node.isObject() ? members.values() : node.elements()) {
            RetryAfter retryAfter = child.isContainer() ? inTree(child, now, left) : null;
            if (retryAfter != null) {
                return retryAfter;
            }
        }
        return null;
    }

    private static @Nullable RetryAfter field(String key, JsonFields value, Instant now) {
        String name = ErrorBody.word(key);
        String place = "field " + (PLAIN_KEY.matcher(key).matches() ? key : name);
        if (name.equals(RETRY_DELAY) && value.isObject()) {
            Long seconds = value.whole("seconds");
            Long nanos = value.whole("nanos");
            double millis = (seconds == null ? 0 : seconds) * 1e3 + (nanos == null ? 0 : nanos) / 1e6;
            return RetryAfter.of(Delays.millis(millis), place, "seconds " + seconds + ", nanos " + nanos);
        }
        String text = value.scalar();
        if (text == null) {
            return null;
        }
        if (MILLIS_FIELDS.contains(name)) {
            return RetryAfter.of(Delays.number(text, 1), place, text);
        }
        if (SECONDS_FIELDS.contains(name)) {
            return RetryAfter.of(Delays.secondsOrInstant(text, now), place, text);
        }
        return RESET_FIELDS.contains(name) ? RetryAfter.of(Delays.reset(text, now), place, text) : null;
    }
}
