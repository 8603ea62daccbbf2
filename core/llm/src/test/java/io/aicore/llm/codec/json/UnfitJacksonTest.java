package io.aicore.llm.codec.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.LlmConfig;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another library's list of versions may hold the annotations of a Jackson 2 that is older than our Jackson 3. */
class UnfitJacksonTest {

    private static final String ANNOTATIONS = "jackson-annotations-";

    @TempDir
    Path directory;

    @Test
    void besideOldAnnotationsAllButOtherValuesWorksAndTheyAreNamedEachTime() throws Exception {
        Path old = without("JsonSerializeAs", jar(ANNOTATIONS), "2.18.2");
        try (URLClassLoader program = with(old, ANNOTATIONS)) {
            Method write = program.loadClass(Json.class.getName()).getMethod("write", Map.class);

            assertThat(write.invoke(null, Map.of("a", List.of(1)))).isEqualTo("{\"a\":[1]}".getBytes(UTF_8));
            for (int use = 0; use < 2; use++) {
                assertThatThrownBy(() -> write.invoke(null, Map.of("a", Locale.ROOT)))
                        .cause()
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "com.fasterxml.jackson.core:jackson-annotations: 2.18.2 (expected: 2.21 or later, which"
                                        + " Jackson 3 needs: import io.aicore:aicore-bom before the BOM that manages Jackson 2;"
                                        + " missing: com/fasterxml/jackson/annotation/JsonSerializeAs)");
            }
        }
    }

    @Test
    void aProgramHearsOfWhatDoesNotFitWithItsFirstConfiguration() throws Exception {
        Path core = without("json/JsonFactory", jar("jackson-core-"), "3.0.0");
        try (URLClassLoader program = with(core, "jackson-core-")) {
            Class<?> config = program.loadClass(LlmConfig.class.getName());
            Object builder = config.getMethod("builder").invoke(null);

            for (int use = 0; use < 2; use++) {
                assertThatThrownBy(() -> builder.getClass().getMethod("build").invoke(builder))
                        .cause()
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("tools.jackson.core:jackson-databind: 3.");
            }
        }
    }

    @Test
    void anotherPartThatDoesNotFitIsNamedToo() throws Exception {
        Path core = without("json/JsonFactory", jar("jackson-core-"), "3.0.0");
        try (URLClassLoader program = with(core, "jackson-core-")) {
            Class<?> json = program.loadClass(Json.class.getName());

            assertThatThrownBy(() -> json.getMethod("read", String.class).invoke(null, "{}"))
                    .cause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("tools.jackson.core:jackson-databind: 3.")
                    .hasMessageContaining("io.aicore:aicore-bom")
                    .hasMessageContaining("missing: tools/jackson/core/json/JsonFactory");
        }
    }

    /** A copy of this jar of this version, in which classes with such a name are missing. */
    private Path without(String missing, Path jar, String version) throws IOException {
        Path copy = directory.resolve("other.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        try (JarFile from = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream to = new JarOutputStream(file, manifest)) {
            for (JarEntry entry : from.stream().toList()) {
                if (entry.getName().endsWith(".class") && !entry.getName().contains(missing)) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        return copy;
    }

    /** The class path of this test with this jar in the place of the one with such a name. */
    private static URLClassLoader with(Path jar, String instead) {
        URL[] classPath = Arrays.stream(classPath())
                .map(entry -> entry.getFileName().toString().startsWith(instead) ? jar : entry)
                .map(UnfitJacksonTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    }

    private static Path jar(String name) {
        return Arrays.stream(classPath())
                .filter(entry -> entry.getFileName().toString().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path[] classPath() {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toArray(Path[]::new);
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
