package io.aicore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Public Javadoc of all modules uses the field's terms: these words are refused, each with what to write instead. */
class PublicJavadocTest {

    private static final Map<Pattern, String> REFUSED = refused();

    private static Map<Pattern, String> refused() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("told|tells? of|hears?|heard", "reports, emits, passes to, receives");
        words.put(
                "(?:is|are|was|were|be|nothing|none) said|as said|said (?:so|elsewhere|in code)",
                "sets, sends, states");
        words.put("nobody|somebody|anybody|whoever", "the caller, the provider, a subscriber");
        words.put("one's own|of ours|ours", "your own, this library's");
        words.put("(?<!embedding )vectors?(?! of numbers)", "embeddings");
        words.put("(?-i:Leave) (?:for|to)|leave (?:for one|to make)", "permission");
        words.put("in vain|rightly|steps? aside|the last hand|the road", "the effect");
        words.put("(?-i:Bill|Terms|Parcel|Watchers)", "cost, limits, request, observers");
        words.put(
                "servers? (?:own )?(?:wish|hints?)|server's (?:own )?(?:wish|hints?)",
                "the delay the server requested");
        words.put("mends?|mended", "fixes, succeeds");
        words.put("lays? over|laid over", "overrides");
        words.put("how (?:it|they|an answer|the answer|a stream|all rounds) came", "response metadata");
        words.put("(?:proves?|proof of|says?) who asks", "credentials");
        words.put("complaints?", "error message");
        words.put("patiently|born|by chance|ended so", "the field's term");
        words.put(
                "(?-i:The same)(?=, | (?:with|for|of|under|when|from|as)\\b)|A failure of this kind", "what it gives");
        Map<Pattern, String> patterns = new LinkedHashMap<>();
        words.forEach(
                (word, instead) -> patterns.put(Pattern.compile("(?i)(?<![\\w-])(?:" + word + ")(?![\\w-])"), instead));
        return patterns;
    }

    @Test
    void publicJavadocOfAllModulesUsesTheTermsOfTheField() throws IOException {
        List<Path> files = mainSources();
        assertThat(files).hasSizeGreaterThan(300);

        assertThat(refusedIn(PublicJavadoc.of(asSources(files)))).isEmpty();
    }

    @Test
    void aRefusedWordIsFoundInAllThatUsersRead() {
        String source = """
                /** Vectors of texts. */
                public final class Sample {
                    /** Who hears of it. */
                    public interface Listener { /** Nobody waits. */ void on(); }
                    /** A value. @return whoever came */
                    protected int value() { return 1; }
                    /** Nobody. */
                    public static final int NOBODY = 1;
                }
                """;

        assertThat(refusedIn(PublicJavadoc.of(List.of(new Source(source))))).hasSize(5);
    }

    @Test
    void codeAndWhatUsersDoNotReadAreNotLookedAt() {
        String source = """
                /** Sets {@code nobody}, see <a href="told">{@link Sample#told() a link}</a>. <pre>{@code whoever}</pre> */
                public final class Sample {
                    // nobody
                    /** Nobody. */
                    int hidden;
                    /** Nobody. */
                    private void told() {}
                    /** Nobody. */
                    static final class Inner { /** Nobody. */ public void shown() {} }
                }
                """;

        assertThat(refusedIn(PublicJavadoc.of(List.of(new Source(source))))).isEmpty();
    }

    private static List<String> refusedIn(List<PublicJavadoc.Prose> comments) {
        List<String> found = new ArrayList<>();
        for (PublicJavadoc.Prose comment : comments) {
            REFUSED.forEach((word, instead) -> {
                Matcher matcher = word.matcher(comment.text());
                if (matcher.find()) {
                    found.add(comment.file() + ":" + comment.line() + " '" + matcher.group() + "' (better: " + instead
                            + "): " + comment.text());
                }
            });
        }
        return found;
    }

    private static List<Path> mainSources() throws IOException {
        List<Path> files = new ArrayList<>();
        Path root = root();
        for (String group : List.of("core", "providers")) {
            try (Stream<Path> walk = Files.walk(root.resolve(group))) {
                walk.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> root.relativize(file).toString().contains("src/main/java"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    /** The directory with all modules, however deep this test's is in it. */
    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("providers"))) {
            at = at.getParent();
            assertThat(at).as("a directory with providers in it").isNotNull();
        }
        return at;
    }

    private static Iterable<? extends JavaFileObject> asSources(List<Path> files) {
        StandardJavaFileManager manager = ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
        return manager.getJavaFileObjectsFromPaths(files);
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Sample.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
