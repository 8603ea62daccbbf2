package io.aicore.llm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.Cost;
import io.aicore.llm.chat.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which model an entry is for, and what its tokens cost. */
class ModelCatalogTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final ModelCatalog BUNDLED = ModelCatalog.bundled();

    @TempDir
    private Path dir;

    private static ModelFacts facts(String provider, String host, String model) {
        return BUNDLED.find(provider, host, model).orElseThrow();
    }

    private static Optional<BigDecimal> usd(ModelFacts facts, Usage usage, LocalDate day) {
        return facts.cost(usage, day, false).map(Cost::usd);
    }

    private ModelCatalog file(String text) {
        try {
            return ModelCatalog.fromFile(Files.writeString(dir.resolve("models.json"), text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theBundledModelsAreRead() {
        assertThat(BUNDLED.size()).isGreaterThan(70);
        assertThat(BUNDLED).hasToString("ModelCatalog[" + BUNDLED.size() + " models]");
        ModelFacts facts = facts("openai", "api.openai.com", "gpt-4o");
        assertThat(facts.contextWindow()).isEqualTo(128_000);
        assertThat(facts.maxOutputTokens()).isEqualTo(16_384);
        assertThat(facts.temperature()).isTrue();
        assertThat(facts("openai", "api.openai.com", "gpt-5").temperature()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, api.openai.com, gpt-4o, true",
        "openai, api.openai.com, gpt-4o-2024-08-06, true",
        "anthropic, api.anthropic.com, claude-haiku-4-5-20251001, true",
        "gemini, generativelanguage.googleapis.com, models/gemini-2.5-pro, true",
        "groq, api.groq.com, openai/gpt-oss-120b, true",
        "openai, api.openai.com, gpt-4o-audio-preview, false",
        "openai, api.openai.com, gpt-4o-latest, false",
        "openai, api.openai.com, gpt-4, false",
        "openai, api.openai.com, gpt-4o-2024-08-06-x, false",
        "openai, eu.api.openai.com, gpt-4o, false",
        "openai, , gpt-4o, false",
        "azure-openai, api.openai.com, gpt-4o, false",
        "ollama, localhost, gpt-oss-120b, false",
        "vertex, aiplatform.googleapis.com, gemini-2.5-pro, false",
    })
    void aModelIsFoundByItsNameItsDateAndItsHostAlone(
            String provider, @Nullable String host, String model, boolean known) {
        assertThat(BUNDLED.find(provider, host, model).isPresent()).isEqualTo(known);
    }

    @Test
    void aDatedModelWithAnEntryOfItsOwnIsNotTakenForTheOther() {
        ModelFacts older = facts("openai", "api.openai.com", "gpt-4o-2024-05-13");

        assertThat(older.model()).isEqualTo("gpt-4o-2024-05-13");
        assertThat(usd(older, Usage.of(1, 1), DAY)).isEmpty();
    }

    @Test
    void cachedTokensHaveAPriceOfTheirOwn() {
        ModelFacts facts = facts("openai", "api.openai.com", "gpt-4o");

        assertThat(usd(facts, new Usage(1_000_000, 100_000, 400_000, 0, 50_000), DAY))
                .hasValueSatisfying(usd -> assertThat(usd).isEqualByComparingTo("3.0"));
        assertThat(facts.cost(Usage.of(1, 0), DAY, false))
                .contains(new Cost(new BigDecimal("0.0000025"), LocalDate.of(2026, 9, 23)));
    }

    @Test
    void writingTheCacheCostsExtraAndForLongerIsNotGuessed() {
        ModelFacts facts = facts("anthropic", "api.anthropic.com", "claude-haiku-4-5");
        Usage usage = new Usage(1_000_000, 0, 0, 1_000_000, 0);

        assertThat(facts.cost(usage, DAY, false).orElseThrow().usd()).isEqualByComparingTo("1.25");
        assertThat(facts.cost(usage, DAY, true)).isEmpty();
        assertThat(facts.cost(Usage.of(1_000_000, 0), DAY, true).orElseThrow().usd())
                .isEqualByComparingTo("1");
    }

    @ParameterizedTest
    @CsvSource({"200000, 0.25", "200001, 0.5000025", "0, 0"})
    void aLongPromptIsBilledAsAWholeByTheHigherPrice(long input, String usd) {
        ModelFacts facts = facts("gemini", "generativelanguage.googleapis.com", "gemini-2.5-pro");

        assertThat(usd(facts, Usage.of(input, 0), DAY).orElseThrow()).isEqualByComparingTo(usd);
    }

    @Test
    void announcedPricesHoldFromTheirDay() {
        ModelFacts facts = facts("gemini", "generativelanguage.googleapis.com", "gemini-3.7-flash");
        Usage usage = Usage.of(1_000_000, 0);

        assertThat(usd(facts, usage, LocalDate.of(2026, 12, 31)).orElseThrow()).isEqualByComparingTo("0.75");
        assertThat(usd(facts, usage, LocalDate.of(2027, 1, 1)).orElseThrow()).isEqualByComparingTo("1.5");
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek, api.deepseek.com, deepseek-v4-pro, 10, 0, 0",
        "anthropic, api.anthropic.com, claude-haiku-5-5, 10, 0, 0",
        "openai, api.openai.com, gpt-6.1-sol, 272001, 0, 0",
        "groq, api.groq.com, llama-3.1-8b-instant, 10, 5, 0",
        "openai, api.openai.com, gpt-4o, 10, 0, 5",
        "openai, api.openai.com, gpt-4o, 10, 11, 0",
        "openai, api.openai.com, gpt-4o, 10, -5, 0",
        "openai, api.openai.com, gpt-4o, 10, 0, -5",
        "openai, api.openai.com, gpt-4o, -10, 0, 0",
    })
    void noCostIsTheAnswerWhereAPriceIsNotCertain(
            String provider, String host, String model, long input, long cached, long written) {
        assertThat(usd(facts(provider, host, model), new Usage(input, 1, cached, written, 0), DAY))
                .isEmpty();
    }

    @Test
    void noCallCostsLessThanNothing() {
        assertThat(usd(facts("openai", "api.openai.com", "gpt-4o"), Usage.of(10, -100), DAY))
                .isEmpty();
    }

    @Test
    void aFileAddsToWhatIsKnownAndReplacesEntries() {
        ModelCatalog catalog = file("{\"hosts\":{\"ours\":[\"gateway.example.com\"]},\"models\":["
                + "{\"provider\":\"openai\",\"model\":\"gpt-4o\",\"asOf\":\"2026-11-01\","
                + "\"prices\":[{\"input\":1,\"output\":2}]},"
                + "{\"provider\":\"ours\",\"model\":\"m\",\"asOf\":\"2026-11-01\"}]}");

        assertThat(usd(catalog.find("openai", null, "gpt-4o").orElseThrow(), Usage.of(0, 1_000_000), DAY)
                        .orElseThrow())
                .isEqualByComparingTo("2");
        assertThat(catalog.find("ours", "gateway.example.com", "m")).isPresent();
        assertThat(catalog.find("ours", "other.example.com", "m")).isEmpty();
        assertThat(catalog.find("openai", "api.openai.com", "gpt-4o-mini")).isPresent();
    }

    @Test
    void aFileMayReplaceAll() {
        ModelCatalog catalog =
                file("{\"replace\":true,\"models\":[{\"provider\":\"ours\",\"model\":\"m\",\"asOf\":\"2026-11-01\"}]}");

        assertThat(catalog.size()).isEqualTo(1);
        assertThat(ModelCatalog.empty().size()).isZero();
    }

    @Test
    void modelsMayComeFromCode() {
        ModelCatalog catalog =
                ModelCatalog.empty().with(ModelFacts.of("p", "m", DAY, PriceBand.of(BigDecimal.ONE, BigDecimal.TEN)));

        assertThat(usd(catalog.find("p", null, "m").orElseThrow(), Usage.of(1_000_000, 1_000_000), DAY)
                        .orElseThrow())
                .isEqualByComparingTo("11");
    }

    @Test
    void aWrongFileIsToldWithItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("{\"models\":[{\"provider\":\"p\",\"model\":\"m\",\"asOf\":\"soon\"}]}"))
                .withMessageContaining("models.json: $.models[0].asOf: (expected: a date, as 2026-01-31)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file("{\"models\":[{\"provider\":\"p\",\"model\":\"m\",\"asOf\":\"2026-11-01\","
                        + "\"prices\":[{\"input\":-1,\"output\":2}]}]}"))
                .withMessageContaining("price: -1 (expected: >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCatalog.fromFile(dir.resolve("none.json")))
                .withMessageContaining("none.json: no such file (expected: a JSON file of models)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelCatalog.fromFile(dir))
                .withMessageContaining("not readable (expected: a JSON file of models)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file(" ".repeat((8 << 20) + 1)))
                .withMessageContaining("over 8 MiB");
    }
}
