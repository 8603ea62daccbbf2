package io.aicore.llm.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example,                      /chat, https://api.example/chat",
        "https://api.example/,                     /chat, https://api.example/chat",
        "https://api.example/openai/v1,            /chat, https://api.example/openai/v1/chat",
        "https://api.example/openai/v1/,           /chat, https://api.example/openai/v1/chat",
        "http://127.0.0.1:8080/v4,                 /chat, http://127.0.0.1:8080/v4/chat",
        "https://x.example/d/gpt?api-version=1%2F2, /chat, https://x.example/d/gpt/chat?api-version=1%2F2",
        "https://x.example/d?api-version=1,        /chat?a=b, https://x.example/d/chat?api-version=1&a=b",
        "https://x.example,                        /m/a%3Ab:go?alt=sse, https://x.example/m/a%3Ab:go?alt=sse",
        "https://[::1]:8443/v1,                    /chat, https://[::1]:8443/v1/chat",
    })
    void thePathIsAppendedAndNothingElse(URI baseUrl, String path, String whole) {
        assertThat(BaseUrl.of(baseUrl).resolve(path)).hasToString(whole);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example/v1",
                "ftp://api.example",
                "https:///v1",
                "mailto:a@b",
                "https://u:secret@api.example",
                "https://api.example#part"
            })
    void whatIsNoBaseUrlIsRefusedWithoutRepeatingASecret(String baseUrl) {
        assertThatThrownBy(() -> BaseUrl.of(URI.create(baseUrl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baseUrl: ")
                .hasMessageContaining("expected: https://host")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPathThatIsNoneIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> BaseUrl.of(URI.create("https://api.example")).resolve("/a b"))
                .hasMessageStartingWith("path: ")
                .hasMessageNotContaining("a b")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example,             /chat,     api.example:443,  api.example,      /chat",
        "http://api.example/v1?a=%2F,     /chat?b=c, api.example:80,   api.example,      /v1/chat?a=%2F&b=c",
        "http://api.example:443/v1,       /chat,     api.example:443,  api.example,      /v1/chat",
        "http://127.0.0.1:8080/v4,        /chat,     127.0.0.1:8080,   127.0.0.1:8080,   /v4/chat",
        "https://[::1]:8443/v1,           /m/a%3Ab,  0:0:0:0:0:0:0:1:8443, [::1]:8443,   /v1/m/a%3Ab",
    })
    void aRequestSaysItsPathAndHost(URI baseUrl, String path, String address, String host, String target) {
        BaseUrl base = BaseUrl.of(baseUrl);

        assertThat(base.address().getHostString() + ":" + base.address().getPort())
                .isEqualTo(address);
        assertThat(base.hostHeader()).isEqualTo(host);
        assertThat(base.target(path)).isEqualTo(target);
    }

    @Test
    void messagesMayShowHostAndPort() {
        assertThat(BaseUrl.of(URI.create("https://api.example:8443/v1?key=1")).host())
                .isEqualTo("api.example:8443");
    }
}
