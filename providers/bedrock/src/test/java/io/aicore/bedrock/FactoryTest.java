package io.aicore.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.bedrock.auth.AwsAuthorizer;
import io.aicore.bedrock.auth.AwsCredentials;
import io.aicore.bedrock.auth.SigV4;
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.LlmProvider;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.RecordedCall;
import io.aicore.testserver.Scripts;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactoryTest {

    private static final String ARN = "arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/abc:1";
    private static final String FINE =
            "{\"output\":{\"message\":{\"content\":[{\"text\":\"fine\"}]}},\"stopReason\":\"end_turn\"}";

    private static LlmConfigBuilder config() {
        return LlmConfig.builder().provider("bedrock").model(ARN);
    }

    private static LlmConfigBuilder signing() {
        return config().option("region", "eu-west-1")
                .option("access_key_id", "AKID")
                .option("secret_access_key", "se-cret");
    }

    /** The second call that a provider of this configuration makes, after a failure. */
    private static RecordedCall retried(FaultServer server, LlmConfigBuilder config) {
        server.then(Scripts.json(500, "{}")).always(Scripts.json(200, FINE));
        LlmProvider provider = Llm.from(config.retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                .build());
        assertThat(provider.complete("hello").block(Duration.ofMinutes(3)).text())
                .isEqualTo("fine");
        provider.dispose();
        return server.call(2);
    }

    @Test
    void isFoundByNameWithItsRegionsAddress() {
        assertThat(Options.of(Map.of("region", "eu-west-1")).address())
                .hasToString("https://bedrock-runtime.eu-west-1.amazonaws.com");
        assertThat(Options.of(Map.of("region", "cn-north-1")).address())
                .hasToString("https://bedrock-runtime.cn-north-1.amazonaws.com.cn");
        LlmProvider provider = Llm.from(signing().build());
        assertThat(provider.name()).isEqualTo("bedrock");
        provider.dispose();
    }

    @Test
    void eachAttemptIsSignedAsItGoesOut() {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall call = retried(server, signing().baseUrl(server.url()));

            assertThat(call.path())
                    .isEqualTo("/model/arn%3Aaws%3Abedrock%3Aeu-west-1%3A123456789012%3A"
                            + "application-inference-profile%2Fabc%3A1/converse");
            assertThat(SigV4.isSigned(call, "AKID", "se-cret", "eu-west-1")).isTrue();
            assertThat(SigV4.isSigned(server.call(1), "AKID", "se-cret", "eu-west-1"))
                    .isTrue();
            assertThat(call.header("x-retry-count")).isEqualTo("1");
            assertThat(call.header("authorization"))
                    .isNotEqualTo(server.call(1).header("authorization"))
                    .contains("x-retry-count");
            assertThat(call.text()).isEqualTo(server.call(1).text());
        }
    }

    @Test
    void awssOwnVariablesAreEnough() {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, FINE));
            LlmProvider provider = Llm.from(LlmConfig.fromEnvironment(Map.of(
                    "LLM_PROVIDER", "bedrock",
                    "LLM_MODEL", "amazon.some-v1:0",
                    "AWS_REGION", "eu-west-1",
                    "AWS_DEFAULT_REGION", "us-east-1",
                    "AWS_ACCESS_KEY_ID", "AKID",
                    "AWS_SECRET_ACCESS_KEY", "se-cret",
                    "AWS_SESSION_TOKEN", "to-ken",
                    "BEDROCK_BASE_URL", server.url().toString())));

            provider.complete("hello").block(Duration.ofMinutes(3));

            assertThat(SigV4.isSigned(server.call(1), "AKID", "se-cret", "eu-west-1"))
                    .isTrue();
            assertThat(server.call(1).header("x-amz-security-token")).isEqualTo("to-ken");
            provider.dispose();
        }
    }

    @Test
    void credentialsOfTwoPlacesAreNotMixed() {
        LlmConfigBuilder environment = LlmConfig.builder()
                .provider("bedrock")
                .fromEnvironment(Map.of(
                        "AWS_DEFAULT_REGION", "eu-west-1",
                        "AWS_ACCESS_KEY_ID", "id",
                        "AWS_SECRET_ACCESS_KEY", "secret",
                        "AWS_SESSION_TOKEN", "token"));

        assertThat(environment.build().options())
                .isEqualTo(Map.of(
                        "region", "eu-west-1",
                        "access_key_id", "id",
                        "secret_access_key", "secret",
                        "session_token", "token"));
        assertThat(environment
                        .option("access_key_id", "own")
                        .option("secret_access_key", "own")
                        .build()
                        .options())
                .isEqualTo(Map.of("region", "eu-west-1", "access_key_id", "own", "secret_access_key", "own"));
    }

    @Test
    void aKeyIsABearerTokenAndNeedsNoSignature() {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall call = retried(server, signing().apiKey("k-1").baseUrl(server.url("/gate/")));

            assertThat(call.header("authorization")).isEqualTo("Bearer k-1");
            assertThat(call.path()).startsWith("/gate/model/");
            assertThat(call.headers()).doesNotContainKey("x-amz-date");
        }
    }

    @Test
    void anAuthorizerOrAHeaderTakesThePlaceOfBoth() {
        try (FaultServer server = FaultServer.start()) {
            RecordedCall role = retried(
                    server,
                    config().apiKey("k-1")
                            .authorizer(AwsAuthorizer.of("eu-north-1", AwsCredentials.of("ROLE", "of-role")))
                            .baseUrl(server.url()));

            assertThat(SigV4.isSigned(role, "ROLE", "of-role", "eu-north-1")).isTrue();
        }
        try (FaultServer server = FaultServer.start()) {
            RecordedCall own = retried(
                    server, signing().header("Authorization", "Basic own").baseUrl(server.url()));

            assertThat(own.header("authorization")).isEqualTo("Basic own");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "region, '', AWS_REGION",
        "region, Frankfurt, options.region",
        "access_key_id, '', AWS_ACCESS_KEY_ID",
        "secret_access_key, '', AWS_SECRET_ACCESS_KEY",
        "secret_access_key, 'se cret', options.secret_access_key",
        "session_token, 'to ken', options.session_token",
        "profile, default, options.profile",
    })
    void whatIsMissingOrWrongIsNamed(String option, String value, String named) {
        LlmConfigBuilder config = config();
        Map.of("region", "eu-west-1", "access_key_id", "AKID", "secret_access_key", "se-cret")
                .forEach((name, usual) -> {
                    if (!name.equals(option)) {
                        config.option(name, usual);
                    }
                });
        if (!value.isEmpty()) {
            config.option(option, value);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llm.from(config.build()))
                .withMessageContaining(named)
                .withMessageContaining("expected")
                .withMessageNotContaining("cret)")
                .withMessageNotContaining("se cret")
                .withMessageNotContaining("to ken");
    }

    @Test
    void someProofIsNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Llm.from(config().option("region", "eu-west-1").build()))
                .withMessageContaining("AWS_BEARER_TOKEN_BEDROCK")
                .withMessageContaining("AWS_ACCESS_KEY_ID");
        Llm.from(config().baseUrl("http://127.0.0.1:1").build()).dispose();
    }
}
