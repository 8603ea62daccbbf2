package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.config.KeyVariables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class LlmTest {

    @Test
    void findsTheProviderByItsName() {
        LlmProvider provider = Llm.from(config("two"), providers(OneTwo.class, Three.class));

        assertThat(provider.name()).isEqualTo("two by OneTwo");
    }

    @Test
    void findsItThroughTheThreadsClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(providers(Three.class));
        try {
            assertThat(Llm.from(config("three")).name()).isEqualTo("three by Three");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void anUnknownNameListsTheKnownOnesAndWhatElseCouldBeAdded() {
        refused(
                "somebody",
                providers(OneTwo.class, Three.class),
                "provider: 'somebody' (expected one of: one, three, two; more with io.aicore:aicore-anthropic,"
                        + " io.aicore:aicore-bedrock, io.aicore:aicore-cohere, io.aicore:aicore-gemini,"
                        + " io.aicore:aicore-mistral, io.aicore:aicore-ollama, io.aicore:aicore-openai)");
    }

    @Test
    void aMisspeltNameIsToldTheRightOne() {
        refused("thre", providers(Three.class), "provider: 'thre' (expected one of: three; did you mean 'three'?)");
    }

    @Test
    void aNameWhoseModuleIsMissingIsToldTheDependency() {
        refused(
                "anthropic",
                providers(Three.class),
                "provider: 'anthropic' (expected one of: three; add io.aicore:aicore-anthropic)");
        refused(
                "antropic",
                providers(Three.class),
                "provider: 'antropic' (expected one of: three; did you mean 'anthropic'? add io.aicore:aicore-anthropic)");
    }

    @Test
    void withoutAnyProviderOnTheClassPathThatIsSaid() {
        refused(
                "openai",
                providers(),
                "provider: 'openai' (expected a provider on the class path, there is none; add io.aicore:aicore-openai)");
    }

    @Test
    void twoFactoriesOfOneNameAreBothNamed() {
        refused(
                "three",
                providers(Three.class, AlsoThree.class),
                "provider: 'three' (expected: one factory, found " + AlsoThree.class.getName() + " and "
                        + Three.class.getName() + ")");
        assertThat(Llm.from(config("one"), providers(OneTwo.class, Three.class, AlsoThree.class))
                        .name())
                .isEqualTo("one by OneTwo");
    }

    @Test
    void aBrokenFactoryHindersNoOtherAndIsToldWhenNobodyAnswers() {
        ClassLoader loader = providers(Broken.class, Three.class);

        assertThat(Llm.from(config("three"), loader).name()).isEqualTo("three by Three");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llm.from(config("broken"), loader))
                .satisfies(e ->
                        assertThat(e.getSuppressed()).singleElement().isInstanceOf(ServiceConfigurationError.class));
    }

    @Test
    void aModuleSaysItselfWhereItsKeyStands() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(providers(OneTwo.class, Four.class));
        try {
            LlmConfig own = LlmConfig.fromEnvironment(Map.of("FOUR_TOKEN", "t-1", "FOUR_HOST", "http://four/"));
            assertThat(own.provider()).isEqualTo("four");
            assertThat(own.apiKey().reveal()).isEqualTo("t-1");
            assertThat(own.baseUrl()).hasToString("http://four/");

            LlmConfig byTheRule = LlmConfig.fromEnvironment(Map.of("TWO_API_KEY", "t-2"));
            assertThat(byTheRule.provider()).isEqualTo("two");
            assertThat(byTheRule.apiKey().reveal()).isEqualTo("t-2");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void refused(String name, ClassLoader loader, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Llm.from(config(name), loader))
                .withMessage(message);
    }

    private static LlmConfig config(String provider) {
        return LlmConfig.builder().provider(provider).build();
    }

    /** A class loader that sees these factories and no others. */
    private static ClassLoader providers(Class<?>... factories) {
        List<String> names = List.of(factories).stream().map(Class::getName).toList();
        return new ClassLoader(LlmTest.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + LlmProviderFactory.class.getName())
                        ? Collections.enumeration(List.of(text(String.join("\n", names))))
                        : super.getResources(name);
            }
        };
    }

    private static URL text(String content) {
        try {
            return new URL(null, "memory:services", new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() {}

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
                        }
                    };
                }
            });
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes providers that say by whom they were made. */
    abstract static class Named implements LlmProviderFactory {
        private final Set<String> names;

        Named(String... names) {
            this.names = Set.of(names);
        }

        @Override
        public Set<String> names() {
            return names;
        }

        @Override
        public LlmProvider create(LlmConfig config) {
            String name = config.provider() + " by " + getClass().getSimpleName();
            return new LlmProvider() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Mono<Completion> complete(CompletionRequest request) {
                    return Mono.just(Completion.of(name));
                }

                @Override
                public Flux<CompletionChunk> stream(CompletionRequest request) {
                    return Flux.just(CompletionChunk.text(name));
                }
            };
        }
    }

    public static final class OneTwo extends Named {
        public OneTwo() {
            super("one", "two");
        }
    }

    public static final class Three extends Named {
        public Three() {
            super("three");
        }
    }

    public static final class AlsoThree extends Named {
        public AlsoThree() {
            super("three");
        }
    }

    public static final class Four extends Named {
        public Four() {
            super("four");
        }

        @Override
        public KeyVariables keyVariables(String name) {
            return new KeyVariables(List.of("FOUR_TOKEN"), List.of("FOUR_HOST"));
        }
    }

    public static final class Broken extends Named {
        public Broken() {
            super("broken");
            throw new IllegalStateException("out of order");
        }
    }
}
