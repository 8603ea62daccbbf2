package io.aicore.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.completions.ChatUsage;
import io.aicore.llm.codec.json.Json;
import org.junit.jupiter.api.Test;

class UsageReaderTest {

    private static Usage usage(String usage) {
        return ChatUsage.of(Json.read("{\"usage\":" + usage + "}"));
    }

    @Test
    void openAiCountsReasoningWithinTheCompletion() {
        assertThat(usage("{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":64,\"cache_write_tokens\":8},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":30}}"))
                .isEqualTo(new Usage(100, 50, 64, 8, 30));
    }

    @Test
    void xaiCountsReasoningBesideTheCompletion() {
        assertThat(usage("{\"prompt_tokens\":10,\"completion_tokens\":2,\"total_tokens\":212,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":200}}"))
                .isEqualTo(new Usage(10, 202, 0, 0, 200));
        assertThat(usage("{\"prompt_tokens\":10,\"completion_tokens\":300,\"total_tokens\":510,"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":200}}"))
                .isEqualTo(new Usage(10, 500, 0, 0, 200));
    }

    @Test
    void moreCachedThanPromptTokensStandBesideEachOther() {
        assertThat(
                        usage(
                                "{\"prompt_tokens\":7,\"completion_tokens\":1,\"prompt_tokens_details\":{\"cached_tokens\":160}}"))
                .isEqualTo(new Usage(167, 1, 160, 0, 0));
    }

    @Test
    void deepSeekHasItsOwnNameForCacheHits() {
        assertThat(
                        usage(
                                "{\"prompt_tokens\":20,\"completion_tokens\":1,\"prompt_cache_hit_tokens\":16,\"prompt_cache_miss_tokens\":4}"))
                .isEqualTo(new Usage(20, 1, 16, 0, 0));
    }

    @Test
    void groqRepeatsItUnderItsOwnName() {
        assertThat(ChatUsage.of(Json.read("{\"x_groq\":{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}}")))
                .isEqualTo(Usage.of(3, 4));
    }

    @Test
    void gatewaysWriteNumbersAsStrings() {
        assertThat(usage("{\"prompt_tokens\":\"10\",\"completion_tokens\":\"3\",\"total_tokens\":\"13\","
                        + "\"prompt_tokens_details\":{\"cached_tokens\":\"2\"}}"))
                .isEqualTo(new Usage(10, 3, 2, 0, 0));
    }

    @Test
    void whatIsNoNumberCountsAsNothing() {
        assertThat(usage("null")).isNull();
        assertThat(usage("{}")).isNull();
        assertThat(usage("{\"prompt_tokens\":null,\"completion_tokens\":\"four\"}"))
                .isNull();
        assertThat(
                        usage(
                                "{\"prompt_tokens\":-5,\"completion_tokens\":4,\"prompt_tokens_details\":null,\"cost\":{\"total\":1}}"))
                .isEqualTo(Usage.of(0, 4));
    }
}
