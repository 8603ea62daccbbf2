package io.aicore.observability.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters: their bounds, and errors that name them. */
class ParametersHttpTest extends HttpSituation {

    @ParameterizedTest
    @CsvSource({
        "overview?range=2h, range",
        "overview?from=yesterday, from",
        "overview?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, from",
        "overview?from=1826-01-01T00:00:00Z, from",
        "overview?to=x, to",
        "overview?range=1h&from=2026-01-02T00:00:00Z, range",
        "overview?outcome=fine, outcome",
        "overview?retried=yes, retried",
        "overview?minTokens=-1, minTokens",
        "overview?maxTokens=1e3, maxTokens",
        "overview?minLatency=many, minLatency",
        "overview?maxLatency=9999999999999999, maxLatency",
        "overview?minLatency=999999999999999, minLatency",
        "operations?minLatency=316224000001, minLatency",
        "groups?maxLatency=-1, maxLatency",
        "groups?minLatency=NaN, minLatency",
        "groups?minLatency=Infinity, minLatency",
        "groups?minLatency=1.5, minLatency",
        "groups?minLatency=%D9%A1, minLatency",
        "operations?minTokens=9223372036854775808, minTokens",
        "operations?maxTokens=1000000000001, maxTokens",
        "operations?minTokens=5&maxTokens=4, minTokens",
        "operations?minLatency=5&maxLatency=4, minLatency",
        "operations?limit=-1, limit",
        "operations?limit=99999999999999999999, limit",
        "operations?before=%2B999999999-12-31T00:00:00Z&beforeId=x, before",
        "overview?to=%2B300000-01-01T00:00:00Z&from=%2B299999-01-01T00:00:00Z, to",
        "circuits?from=-9999-01-01T00:00:00Z&to=-9998-01-01T00:00:00Z, to",
        "overview?provider=a%00b, provider",
        "operations?session=%00, session",
        "operation?id=%00, id",
        "overview?provider=a&provider=b, provider",
        "groups?colour=red, colour",
        "circuits?range=, ''",
        "operations?limit=0, limit",
        "operations?limit=201, limit",
        "operations?before=2026-01-02T00:00:00Z, beforeId",
        "operations?beforeId=x, before",
        "operation, id",
    })
    void aParameterThatSaysNothingIsNamed(String question, String parameter) {
        Answer answer = api(question);
        if (parameter.isEmpty()) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().at("parameter").text()).isEqualTo(parameter);
            assertThat(answer.json().at("error").text()).startsWith(parameter + ": ");
        }
    }

    @Test
    void theWidestBoundsAreAnswered() {
        String widest = "minTokens=0&maxTokens=1000000000000&minLatency=0&maxLatency=316224000000";
        assertThat(api("operations?limit=1&" + widest).json().at("operations").size())
                .isOne();
        assertThat(api("overview?maxLatency=316224000000")
                        .json()
                        .at("totals")
                        .at("calls")
                        .index())
                .isEqualTo(300);
        assertThat(api("overview?minLatency=316224000000").json().at("totals").isNull())
                .isTrue();
        String last = "9999-12-31T23:59:59.999999Z";
        assertThat(api("overview?from=9999-01-01T00:00:00Z&to=" + last).status())
                .isEqualTo(200);
        assertThat(api("circuits?from=1970-01-01T00:00:00Z&to=1971-01-01T00:00:00Z")
                        .status())
                .isEqualTo(200);
        assertThat(api("operations?beforeId=x&before=" + last).status()).isEqualTo(200);
    }

    @Test
    void valuesAreBoundInLength() {
        assertThat(api("overview?text=" + "x".repeat(1_001))
                        .json()
                        .at("parameter")
                        .text())
                .isEqualTo("text");
    }
}
