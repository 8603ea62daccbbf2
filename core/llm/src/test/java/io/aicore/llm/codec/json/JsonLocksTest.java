package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Field;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Two threads that read their first answers at once must not wait for each other. */
class JsonLocksTest {

    private static final String TREE = "{\"a\": [1, 2.5, \"text\", true, null, {\"b\": 12345678901234567890}]}";

    /** BlockHound ends what waits for the lock under which Jackson makes its readers, held here by another thread. */
    @Test
    void whatJacksonMakesUnderALockIsMadeBeforeTheFirstCall() throws Exception {
        try (URLClassLoader fresh = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> json = fresh.loadClass(Json.class.getName());
            Class<?> fields = fresh.loadClass(JsonFields.class.getName());
            // As with a program's first use of the class, before its first call.
            called(json, "read", String.class, "{}");
            called(fields, "of", Object.class, Locale.ROOT);
            ReentrantLock lock = lock(fresh.loadClass(OtherValues.class.getName() + "$Mapper"));
            lock.lock();
            try {
                Object tree = called(json, "read", String.class, TREE);
                assertThat(tree).isEqualTo(called(json, "read", byte[].class, TREE.getBytes(StandardCharsets.UTF_8)));
                Object exact = called(json, "readExact", String.class, TREE);
                assertThat(read(exact, "raw").toString()).contains("2.5");
                Object plain = read(tree, "plain");
                assertThat(plain).isInstanceOf(Map.class);
                assertThat(called(fields, "of", Object.class, plain)).isEqualTo(tree);
                assertThat(called(fields, "of", Object.class, Locale.ROOT)).hasToString("JsonFields[STRING]");
                assertThat(called(json, "write", Map.class, Map.of("a", List.of(1, "text", Map.of()))))
                        .isEqualTo("{\"a\":[1,\"text\",{}]}".getBytes(StandardCharsets.UTF_8));
            } finally {
                lock.unlock();
            }
        }
    }

    private static Object called(Class<?> json, String name, Class<?> kind, Object argument) {
        Object result = Mono.fromCallable(() -> json.getMethod(name, kind).invoke(null, argument))
                .subscribeOn(Schedulers.parallel())
                .block();
        assertThat(result).isNotNull();
        return result;
    }

    private static Object read(Object fields, String name) {
        Object result = Mono.fromCallable(
                        () -> fields.getClass().getMethod(name).invoke(fields))
                .subscribeOn(Schedulers.parallel())
                .block();
        assertThat(result).isNotNull();
        return result;
    }

    private static ReentrantLock lock(Class<?> mapper) throws ReflectiveOperationException {
        Field field = mapper.getDeclaredField("INSTANCE");
        field.setAccessible(true);
        Object found = field.get(null);
        for (String name : List.of("_deserializationContexts", "_cache", "_incompleteDeserializersLock")) {
            found = value(found, name);
        }
        return (ReentrantLock) found;
    }

    private static Object value(Object object, String name) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field.get(object);
                }
            }
        }
        throw new NoSuchFieldException(object.getClass() + " has no " + name);
    }

    private static URL[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(JsonLocksTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
