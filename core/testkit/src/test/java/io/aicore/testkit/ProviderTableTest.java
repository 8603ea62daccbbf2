package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every provider's module runs the kit, and every row of the README's table is the row of a test of the kit, whose cells the kit asserts. */
class ProviderTableTest {

    private static final Path PROVIDERS = ReadmeTable.root().resolve("providers");

    @Test
    void everyRowIsAProvidersThatRunsTheKit() {
        List<String> tests = tests(PROVIDERS);

        assertThat(ReadmeTable.read().rows())
                .isNotEmpty()
                .allMatch(row -> tests.stream().anyMatch(test -> test.contains("return \"" + row.get(0) + "\";")));
    }

    @Test
    void everyProviderModuleRunsTheKit() throws IOException {
        try (Stream<Path> modules = Files.list(PROVIDERS)) {
            assertThat(modules.filter(module -> Files.exists(module.resolve("pom.xml"))))
                    .isNotEmpty()
                    .allMatch(module -> tests(module).stream()
                            .anyMatch(test -> test.contains("extends ProviderTestKit implements ReadmeClaims {")));
        }
    }

    private static List<String> tests(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/test/"))
                    .map(ProviderTableTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
