package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.json.Json;
import io.aicore.openai.HostProfile.KeyStyle;
import io.aicore.testkit.Reply;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A host that speaks this protocol is one short entry in a table. */
class PresetTest {

    private static final int SHORT = 15;
    private static final Pattern ENTRY = Pattern.compile("(?ms)^        add\\(host\\(.*?;$");

    @Test
    void everyHostIsOneShortEntry() throws IOException {
        String table = Files.readString(Path.of("src/main/java/io/aicore/openai/Hosts.java"));
        List<String> entries =
                ENTRY.matcher(table).results().map(MatchResult::group).toList();

        assertThat(entries)
                .hasSameSizeAs(Hosts.names())
                .allSatisfy(entry -> assertThat(entry.lines()).hasSizeLessThan(SHORT));
    }

    @Test
    void anEntryIsAllThatAHostNeeds() {
        OpenAiFixture wire = new OpenAiFixture();
        try (FaultServer server = FaultServer.start()) {
            HostProfile host = new HostProfile(
                    "of-tomorrow",
                    server.url("/api/v7").toString(),
                    KeyStyle.API_KEY_HEADER,
                    Dialect.COMMON.maxTokens("limit").streamUsage(true));
            server.then(Scripts.json(503, "")).then(Scripts.json(200, wire.plain(Reply.of("one"))));
            List<String> events = new ArrayList<>();
            wire.stream(Reply.of("t", "wo")).forEach(event -> events.add(event.data()));
            server.then(Scripts.events(events.toArray(String[]::new)));
            LlmConfig config = LlmConfig.builder()
                    .provider("of-tomorrow")
                    .apiKey("k-1")
                    .model("m-1")
                    .maxTokens(7)
                    .retrySettings(retry -> retry.initialDelay(Duration.ofMillis(1)))
                    .build();

            try (LlmProvider provider = OpenAiProviderFactory.create(host, config)) {
                Completion plain = provider.complete("hello").block(Duration.ofMinutes(3));
                Completion streamed = Completion.from(provider.stream(CompletionRequest.of("hello")))
                        .block(Duration.ofMinutes(3));

                assertThat(plain.text()).isEqualTo("one");
                assertThat(plain.provenance().provider()).isEqualTo("of-tomorrow");
                assertThat(plain.provenance().attempts()).isEqualTo(2);
                assertThat(streamed.text()).isEqualTo("two");
            }
            assertThat(server.call(2).path()).isEqualTo("/api/v7/chat/completions");
            assertThat(server.call(2).header("api-key")).isEqualTo("k-1");
            assertThat(Json.read(server.call(2).body()).at("limit").index()).isEqualTo(7);
            assertThat(Json.read(server.call(3).body())
                            .at("stream_options")
                            .at("include_usage")
                            .isTrue())
                    .isTrue();
        }
    }
}
