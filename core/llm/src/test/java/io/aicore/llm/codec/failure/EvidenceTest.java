package io.aicore.llm.codec.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.wire.WireHeaders;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.llm.error.LlmException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the verdict says of its reasons, and what it never says. */
class EvidenceTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static LlmException classify(
            ErrorClassifier classifier, int status, Map<String, String> headers, String body) {
        WireResponse response =
                new WireResponse(status, WireHeaders.of(headers), body.getBytes(StandardCharsets.UTF_8), NOW);
        return classifier.response(null, response);
    }

    private static LlmException classify(int status, Map<String, String> headers, String body) {
        return classify(new ErrorClassifier("acme"), status, headers, body);
    }

    /** Each line: status, headers, body, sentence. CANARY stands where a provider may repeat a prompt or a key. */
    @ParameterizedTest(name = "{0} {3}")
    @CsvFileSource(resources = "why.psv", delimiter = '|', quoteCharacter = '\u0001', maxCharsPerColumn = 10_000)
    void namesWhatMatchedAndWhatFollows(int status, String headers, String body, String why) {
        Map<String, String> all = new HashMap<>();
        for (String header : headers == null ? new String[0] : headers.split("(?<=\\d);(?=x-)", -1)) {
            all.put(
                    header.substring(0, header.indexOf(':')),
                    header.substring(header.indexOf(':') + 1).strip());
        }

        assertThat(classify(status, all, Objects.requireNonNullElse(body, ""))
                        .details()
                        .why())
                .isEqualTo(why)
                .doesNotContainIgnoringCase("canary");
    }

    /** Own words after the documented types and codes of hosts; each line: status, category, retryable, delay, body. */
    @ParameterizedTest(name = "{0} {1} {4}")
    @CsvFileSource(resources = "hosts.psv", delimiter = '|', quoteCharacter = '\u0001', maxCharsPerColumn = 10_000)
    void knowsTheWordsOfHosts(int status, ErrorCategory category, boolean retryable, Long delay, String body) {
        LlmException failure = classify(status, Map.of(), Objects.requireNonNullElse(body, ""));

        assertThat(failure.category()).as(failure.details().why()).isEqualTo(category);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.retryAfter()).isEqualTo(delay == null ? null : Duration.ofMillis(delay));
        assertThat(failure.details().why()).matches("(?s)[^:].{8,}: .{10,}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failures.psv", "wordings.psv", "hosts.psv"})
    void noSentenceHasABreakOrIsLong(String table) throws IOException {
        for (String[] line : lines(table)) {
            FailureReport report = report(line);

            assertThat(Verdict.of(report, List.of()).why())
                    .doesNotContainPattern("\\p{Cntrl}")
                    .hasSizeLessThan(400);
        }
    }

    @Test
    void everyRuleHasACase() throws IOException {
        Set<ErrorRule> seen = new HashSet<>();
        for (String table : List.of("failures.psv", "wordings.psv", "hosts.psv", "why.psv")) {
            for (String[] line : lines(table)) {
                FailureReport report = report(line);
                RetryAfterReader.RetryAfter retryAfter = RetryAfterReader.stated(report);
                // The tables for whole verdicts have headers; the budget in flight needs one.
                Duration delay = retryAfter == null && line[line.length - 1].contains("in flight")
                        ? Duration.ofSeconds(3)
                        : null;
                seen.add(ErrorRules.first(List.of(), report, retryAfter == null ? delay : retryAfter.delay())
                        .rule());
            }
        }

        assertThat(seen).containsAll(ErrorRules.RULES);
    }

    private static List<String[]> lines(String table) throws IOException {
        try (InputStream in = Objects.requireNonNull(EvidenceTest.class.getResourceAsStream(table))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\\|", -1))
                    .toList();
        }
    }

    private static FailureReport report(String[] line) {
        String body = line[1].matches("[A-Z_]+") ? line[line.length - 1] : line[2];
        return FailureReport.of(Integer.parseInt(line[0]), WireHeaders.EMPTY, NOW, body);
    }

    /** Whatever a server puts between known words is a gap, and gaps are not quoted: a form has no other wildcard. */
    @ParameterizedTest
    @ValueSource(classes = {LimitPhrases.class, BillingPhrases.class, LoadPhrases.class, RequestPhrases.class})
    void phrasesHaveNoWildcardButGaps(Class<?> phrases) throws IllegalAccessException {
        Pattern gap = Pattern.compile("\\((?:\\[\\^[^\\]]*\\]\\{[\\d,]+\\}|\\\\S\\+)\\?\\)");
        for (Field field : phrases.getDeclaredFields()) {
            if (field.get(null) instanceof MessagePattern phrase) {
                String words = gap.matcher(phrase.toString()).replaceAll("");

                assertThat(words).as(field.getName()).doesNotContain("\\S", "\\w", ".*", ".+", ".{", "]*", "]+");
                // A negated class of one character, as in "not a letter after it", is quoted with the words.
                Matcher negated = Pattern.compile("\\[\\^").matcher(words);
                assertThat(negated.find()).as(field.getName()).isFalse();
            }
        }
    }

    @Test
    void aLongQuotationIsCut() {
        MessagePattern phrase = MessagePattern.of("(?:so long )+");

        assertThat(phrase.in("so long ".repeat(20))).hasSize(61).endsWith("…");
        assertThat(phrase.in("b")).isNull();
    }

    @Test
    void aProtocolAddsItsOwnCodesAndWords() {
        ErrorClassifier shared = new ErrorClassifier("acme");
        ErrorClassifier own = shared.code(ErrorCategory.OVERLOADED, "Model-Asleep", "E77")
                .phrase(ErrorCategory.BILLING, "Out of [CoIns]");
        String asleep = "{\"error\":{\"code\":\"modelAsleep\",\"message\":\"?\"}}";
        String coins = "{\"error\":{\"message\":\"You are out of [coins] now\"}}";

        assertThat(classify(shared, 400, Map.of(), asleep).category()).isEqualTo(ErrorCategory.INVALID_REQUEST);
        assertThat(classify(own, 400, Map.of(), asleep).details().why())
                .isEqualTo("code modelAsleep: in this protocol that is overloaded");
        assertThat(classify(own, 400, Map.of(), asleep).retryable()).isTrue();
        assertThat(classify(own, 200, Map.of(), asleep).category()).isEqualTo(ErrorCategory.OVERLOADED);
        assertThat(classify(own, 400, Map.of(), coins).details().why())
                .isEqualTo("the words \"out of [coins]\": in this protocol that is billing");
        assertThat(classify(own, 429, Map.of(), "").category()).isEqualTo(ErrorCategory.RATE_LIMITED);
        assertThat(own.provider()).isEqualTo("acme");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"x\"}",
                "{\"detail\":[{\"msg\":\"x\"}]}",
                "{\"title\":\"x\"}",
                "{\"errors\":[{\"code\":1}]}",
                "{\"error_msg\":\"x\"}",
                "{\"Response\":{\"Error\":{}}}",
                "{\"base_resp\":{\"status_code\":1002}}"
            })
    void aBodyWithoutAnAnswerMayComplain(String body) {
        assertThat(ErrorClassifier.complains(Json.read(body))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"message\":\" \"}",
                "{\"error\":null,\"errors\":[]}",
                "{\"base_resp\":{\"status_code\":0}}",
                "{\"message\":{}}"
            })
    void aBodyMaySayNothing(String body) {
        assertThat(ErrorClassifier.complains(Json.read(body))).isFalse();
    }
}
