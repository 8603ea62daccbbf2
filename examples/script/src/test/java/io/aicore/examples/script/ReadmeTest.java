package io.aicore.examples.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what the build has compiled and run. */
class ReadmeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void quotesTheExamplesAsTheyAre() throws IOException {
        Path readme = ROOT.resolve("README.md");
        List<Snippet> snippets = Files.exists(readme) ? Snippet.in(Files.readString(readme)) : List.of();

        for (Snippet snippet : snippets) {
            String source = Files.readString(ROOT.resolve(snippet.file()));
            assertThat(snippet.code()).as(snippet.title()).isEqualTo(Snippet.region(source, snippet.name()));
        }
    }

    @Test
    void findsTheCodeBelowItsComment() {
        String readme = "<!-- snippet: a/B.java -->\n```java\nint b;\n```\n\n```java\nint free;\n```\n";

        assertThat(Snippet.in(readme)).containsExactly(new Snippet("a/B.java", null, "int b;"));
    }

    @Test
    void findsTheNamedRegion() {
        String readme = "<!-- snippet: a/B.java#two -->\n\n```java\nint b;\n```\n";

        assertThat(Snippet.in(readme)).containsExactly(new Snippet("a/B.java", "two", "int b;"));
    }

    @Test
    void takesRegionsOutWithoutTheirIndentation() {
        String source = """
                class B {
                    // README: one
                    void b() {
                        c();
                    }
                    // README end
                }
                // README: two
                // README end
                """;

        assertThat(Snippet.region(source, "one")).isEqualTo("void b() {\n    c();\n}");
        assertThat(Snippet.region(source, null)).isEqualTo("void b() {\n    c();\n}");
        assertThat(Snippet.region(source, "two")).isEmpty();
    }

    @Test
    void complainsOfWhatIsNotThere() {
        assertThatThrownBy(() -> Snippet.region("class B {}", null)).hasMessageContaining("README:");
        assertThatThrownBy(() -> Snippet.in("<!-- snippet: a/B.java -->\ntext\n"))
                .hasMessageContaining("a/B.java");
    }
}
