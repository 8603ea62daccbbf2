package io.aicore.llm.model;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON form of a catalogue. */
record CatalogFile(Optional<Boolean> replace, Optional<Map<String, Set<String>>> hosts, List<Row> models) {

    record Row(
            String provider,
            String model,
            @Nullable Long contextWindow,
            @Nullable Integer maxOutputTokens,
            @Nullable Boolean temperature,
            @Nullable Boolean thinks,
            Optional<List<Band>> prices,
            LocalDate asOf) {}

    record Band(
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable Long aboveInputTokens,
            @Nullable Long upToInputTokens,
            BigDecimal input,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal longCacheWrite,
            BigDecimal output) {

        PriceBand prices() {
            return new PriceBand(
                    new PriceBand.Range(from, until, aboveInputTokens, upToInputTokens),
                    new PriceBand.Prices(input, cachedInput, cacheWrite, longCacheWrite, output));
        }
    }

    List<ModelFacts> facts() {
        return models.stream().map(this::facts).toList();
    }

    private ModelFacts facts(Row row) {
        return new ModelFacts(
                row.provider(),
                row.model(),
                hosts.map(all -> all.get(row.provider())).orElse(Set.of()),
                new ModelFacts.Traits(
                        row.contextWindow(),
                        row.maxOutputTokens(),
                        !Boolean.FALSE.equals(row.temperature()),
                        Boolean.TRUE.equals(row.thinks())),
                row.prices().orElse(List.of()).stream().map(Band::prices).toList(),
                row.asOf());
    }
}
