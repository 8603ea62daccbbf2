package io.aicore.llm.model;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.schema.RecordSchema;
import io.aicore.llm.codec.schema.SchemaMismatchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Known models with their limits and list prices: the ones bundled with this library, and your own. Immutable.
 *
 * <p>A model is found by its provider and exact name. A name that ends in a date, such as {@code gpt-4o-2024-08-06} or
 * {@code claude-haiku-4-5-20251001}, is also found without the date, unless it has its own entry; Gemini's
 * {@code models/} before a name is ignored. Bundled entries apply only to the vendors' own addresses: at a gateway, or
 * another host of the same model, nothing is known unless a file defines it.
 *
 * <p>A file is JSON of this form; all fields but provider, model and asOf are optional:
 *
 * <pre>{@code
 * {
 *   "replace": false,
 *   "hosts": {"openai": ["gateway.example.com"]},
 *   "models": [{
 *     "provider": "openai", "model": "our-model", "contextWindow": 128000, "maxOutputTokens": 16384,
 *     "temperature": true, "thinks": false, "asOf": "2026-11-01",
 *     "prices": [{"input": 2.5, "cachedInput": 1.25, "output": 10}]
 *   }]
 * }
 * }</pre>
 *
 * Prices are US dollars per million tokens, with the fields of {@link PriceBand}. Providers without hosts apply to
 * every address. With {@code "replace": true} only the file is used; otherwise its entries replace the bundled ones of
 * the same model.
 */
public final class ModelCatalog {

    private static final Pattern DATED = Pattern.compile("-(\\d{4}-\\d{2}-\\d{2}|20\\d{6})$");
    private static final String GOOGLE_PREFIX = "models/";
    private static final int LARGEST = 8 << 20;

    private record Key(String provider, String model) {}

    private final Map<Key, ModelFacts> known;

    private ModelCatalog(Map<Key, ModelFacts> known) {
        this.known = known;
    }

    /** The bundled catalogue. Loaded once; the first call blocks for some milliseconds. */
    public static ModelCatalog bundled() {
        // Thrown while the class below loads it would be an error of that class, and lost the second time.
        Json.fit();
        return Bundled.CATALOG;
    }

    /** An empty catalogue: no costs, no checks. */
    public static ModelCatalog empty() {
        return new ModelCatalog(Map.of());
    }

    /**
     * Reads this file on top of the bundled catalogue. Blocks while it reads the file.
     *
     * @throws IllegalArgumentException if the file is missing or invalid, with the position
     */
    public static ModelCatalog fromFile(Path file) {
        CatalogFile said = parse(file.toString(), text(file));
        ModelCatalog below = said.replace().orElse(false) ? empty() : bundled();
        return below.with(said.facts());
    }

    /** Returns a copy with these models; each replaces one of the same provider and name. */
    public ModelCatalog with(ModelFacts... models) {
        return with(Arrays.asList(models));
    }

    private ModelCatalog with(List<ModelFacts> models) {
        Map<Key, ModelFacts> all = new LinkedHashMap<>(known);
        models.forEach(model -> all.put(new Key(model.provider(), model.model()), model));
        return new ModelCatalog(all);
    }

    /**
     * Returns the entry of a model.
     *
     * @param host the host of the provider, such as {@code api.openai.com}; null if unknown
     */
    public Optional<ModelFacts> find(String provider, @Nullable String host, String model) {
        String name = model.startsWith(GOOGLE_PREFIX) ? model.substring(GOOGLE_PREFIX.length()) : model;
        ModelFacts found = known.get(new Key(provider, name));
        if (found == null) {
            found = known.get(new Key(provider, DATED.matcher(name).replaceFirst("")));
        }
        return Optional.ofNullable(found)
                .filter(facts -> facts.hosts().isEmpty()
                        || (host != null && facts.hosts().contains(host)));
    }

    /** Number of models. */
    public int size() {
        return known.size();
    }

    @Override
    public String toString() {
        return "ModelCatalog[" + size() + " models]";
    }

    private static CatalogFile parse(String name, String text) {
        try {
            return RecordSchema.of(CatalogFile.class).decode(text);
        } catch (SchemaMismatchException | IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private static String text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IllegalArgumentException(file + ": over 8 MiB (expected: a smaller file)");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": no such file (expected: a JSON file of models)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": not readable (expected: a JSON file of models)", e);
        }
    }

    /** Loaded on first use. */
    private static final class Bundled {

        private static final String RESOURCE = "models.json";
        static final ModelCatalog CATALOG = empty().with(read().facts());

        private static CatalogFile read() {
            try (InputStream in = Objects.requireNonNull(ModelCatalog.class.getResourceAsStream(RESOURCE), RESOURCE)) {
                return parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
