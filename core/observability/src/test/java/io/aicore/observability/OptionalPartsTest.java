package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.observability.log.LlmCallLog;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that lacks a library which only one part needs hears which one, in a sentence. */
class OptionalPartsTest {

    @TempDir
    Path directory;

    @Test
    void theLogNamesSlf4j() throws Exception {
        try (URLClassLoader program = without("slf4j-|logback-")) {
            Method create = program.loadClass(LlmCallLog.class.getName()).getMethod("create");

            assertThatThrownBy(() -> create.invoke(null))
                    .cause()
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("LlmCallLog (expected: org.slf4j:slf4j-api among the dependencies;"
                            + " missing: org/slf4j/LoggerFactory)");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    r2dbc-h2-         | r2dbc:h2:file:///calls          | url: no R2DBC driver supports r2dbc:h2 (expected: io.r2dbc:r2dbc-h2 among the dependencies)
                    r2dbc-h2-         | calls                           | url: no R2DBC driver supports r2dbc:h2 (expected: io.r2dbc:r2dbc-h2 among the dependencies)
                    r2dbc-postgresql- | r2dbc:postgresql://host/calls   | url: no R2DBC driver supports r2dbc:postgresql (expected: org.postgresql:r2dbc-postgresql among the dependencies)
                    h2-\\d            | r2dbc:h2:file:///calls          | url: the R2DBC driver of r2dbc:h2 does not load (expected: io.r2dbc:r2dbc-h2 and all its dependencies among the dependencies; missing: org/h2/
                    """)
    void recordsNameTheDriver(String missing, String url, String sentence) throws Exception {
        try (URLClassLoader program = without(missing)) {
            Class<?> address = program.loadClass(Address.class.getName());
            Object parsed = called(address.getDeclaredMethod("of", String.class), null, url);

            assertThatThrownBy(() -> called(address.getDeclaredMethod("factory"), parsed))
                    .cause()
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(sentence);
        }
    }

    @Test
    void recordsNeedNoneOfThem() throws Exception {
        try (URLClassLoader program =
                without("slf4j-|logback-|micrometer-|context-propagation|opentelemetry|carpet-|r2dbc-postgresql")) {
            Class<?> collector = program.loadClass(LlmOperationCollector.class.getName());
            String file = directory.resolve("calls").toString();

            assertThatCode(() -> ((AutoCloseable)
                                    collector.getMethod("at", String.class).invoke(null, file))
                            .close())
                    .doesNotThrowAnyException();
        }
    }

    private static Object called(Method method, Object on, Object... arguments) throws ReflectiveOperationException {
        method.setAccessible(true);
        return method.invoke(on, arguments);
    }

    /** The class path of this test without the jars with such names. */
    private static URLClassLoader without(String names) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        URL[] there = Arrays.stream(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> !entry.getFileName().toString().matches("(" + names + ").*"))
                .map(OptionalPartsTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(there, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
