package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.http.ProxySettings;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {

    private static final URI OPENAI = URI.create("https://api.openai.com/v1");

    private static ProxySettings proxy(Map<String, String> variables, URI target) {
        return LlmConfig.fromEnvironment(variables).httpSettings(target).proxy();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY, http://proxy:3128",
        "https_proxy, http://proxy:3128/",
        "HTTPS_PROXY, proxy:3128",
    })
    void namesTheProxyToHttpsAddresses(String variable, String value) {
        assertThat(proxy(Map.of(variable, value), OPENAI)).isEqualTo(ProxySettings.of("proxy", 3128));
    }

    @Test
    void mayHaveALogin() {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://me:p%40ss@proxy:3128"), OPENAI))
                .isEqualTo(ProxySettings.of("proxy", 3128).login("me", "p@ss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.openai.com/v1",
                "https://localhost:8443/v1",
                "https://127.0.0.1/v1",
                "https://[::1]/v1"
            })
    void isNotTheWayToPlainAddressesOrThisMachine(String target) {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy:3128"), URI.create(target)))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*                          | false",
                "api.openai.com             | false",
                "openai.com                 | false",
                ".openai.com                | false",
                "*.openai.com               | false",
                "API.OpenAI.com             | false",
                "a.example, api.openai.com  | false",
                "api.openai.com:443         | false",
                "api.openai.com:8443        | true",
                "penai.com                  | true",
                "api.openai.com.example     | true",
                "''                         | true",
            })
    void leavesOutWhatNoProxyNames(String except, boolean proxied) {
        Map<String, String> variables = Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", except);

        assertThat(proxy(variables, OPENAI) != null).isEqualTo(proxied);
    }

    @Test
    void ourOwnSettingWins() {
        Map<String, String> variables =
                Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "*", "LLM_PROXY", "http://ours:1");

        assertThat(proxy(variables, OPENAI)).isEqualTo(ProxySettings.of("ours", 1));
    }

    @Test
    void isReadOutOfTheEnvironmentAlone() {
        assertThat(LlmConfig.builder().build().httpSettings(OPENAI).proxy()).isNull();
    }

    @Test
    void oneThatCannotBeUsedIsToldWhereItIsNeeded() {
        LlmConfig config = LlmConfig.fromEnvironment(Map.of("HTTPS_PROXY", "socks5://me:secret@proxy:1080"));

        assertThat(config.httpSettings(URI.create("http://127.0.0.1/v1")).proxy())
                .isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.httpSettings(OPENAI))
                .withMessage(
                        "HTTPS_PROXY: REDACTED (expected: a proxy's address, as http://host:port; LLM_PROXY sets another"
                                + " for this program, NO_PROXY the hosts without)");
        assertThat(config.environmentProxy()).asString().doesNotContain("secret");
    }
}
