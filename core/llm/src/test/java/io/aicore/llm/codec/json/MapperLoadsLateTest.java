package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.model.ModelCatalog;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jackson's mapper takes half a second of a program's start: only a value whose type is not JSON's own needs it. */
class MapperLoadsLateTest {

    @Test
    void onlyOtherValuesLoadTheMapper() throws Exception {
        try (Loader program = new Loader()) {
            Class<?> json = program.loadClass(Json.class.getName());
            Object tree = json.getMethod("read", String.class).invoke(null, "{\"a\": [1, 2.5, \"b\", true, null]}");
            Object plain = tree.getClass().getMethod("plain").invoke(tree);
            tree.getClass().getMethod("of", Object.class).invoke(null, plain);
            tree.getClass().getMethod("raw").invoke(tree);
            json.getMethod("write", Map.class).invoke(null, plain);
            program.loadClass(ModelCatalog.class.getName()).getMethod("bundled").invoke(null);
            assertThat(program.hasMapper()).isFalse();

            json.getMethod("write", Map.class).invoke(null, Map.of("a", List.of(Locale.ROOT)));
            assertThat(program.hasMapper()).isTrue();
        }
    }

    private static final class Loader extends URLClassLoader {

        Loader() {
            super(
                    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                            .map(Loader::url)
                            .toArray(URL[]::new),
                    ClassLoader.getPlatformClassLoader());
        }

        boolean hasMapper() {
            return findLoadedClass("tools.jackson.databind.ObjectMapper") != null;
        }

        private static URL url(String path) {
            try {
                return new File(path).toURI().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(path, e);
            }
        }
    }
}
