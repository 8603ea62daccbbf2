package io.aicore.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import io.aicore.llm.LlmProviderFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a provider's module: a pure codec with presets, found by its factory. It reaches for the vocabulary and the
 * seams, and for no other module: so a protocol is added, changed and removed without a change outside its module.
 */
public final class ProviderArchitecture {

    private ProviderArchitecture() {}

    /**
     * The rules for the classes of this package, without its tests.
     *
     * @param own the module's package, as {@code io.aicore.openai}
     * @param extra further packages that its protocol needs, as {@code javax.crypto..}
     */
    public static ArchRule of(String own, String... extra) {
        return CompositeArchRule.of(knowsTheSeamsOnly(own, extra))
                .and(onlyTheFactoryKnowsProviders())
                .and(doesNoInputOrOutput())
                .and(onlyTheFactoryIsPublic());
    }

    private static ArchRule knowsTheSeamsOnly(String own, String... extra) {
        List<String> known = new ArrayList<>(List.of(
                "java..",
                "org.jspecify..",
                own + "..",
                "io.aicore.llm",
                "io.aicore.llm.config",
                "io.aicore.llm.codec..",
                "io.aicore.llm.error..",
                "io.aicore.llm.embedding..",
                "io.aicore.llm.chat.."));
        known.addAll(List.of(extra));
        return classes().should().onlyDependOnClassesThat().resideInAnyPackage(known.toArray(String[]::new));
    }

    private static ArchRule onlyTheFactoryKnowsProviders() {
        return noClasses()
                .that()
                .doNotImplement(LlmProviderFactory.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.aicore.llm", "io.aicore.llm.config");
    }

    /** Sockets, files, threads, timers and retries are the pipeline's. Streams of bytes in memory are allowed. */
    private static ArchRule doesNoInputOrOutput() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("""
                        java.net.http.. java.nio.file.. java.nio.channels.. java.util.concurrent
                        java.util.concurrent.locks.. reactor.. org.reactivestreams.. io.netty.. io.aicore.retry..
                        io.aicore.limit..""".split("\\s+"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Thread.class,
                        ThreadLocal.class,
                        java.util.Timer.class,
                        java.io.File.class,
                        java.io.FileInputStream.class,
                        java.net.Socket.class,
                        java.net.URLConnection.class)
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis");
    }

    private static ArchRule onlyTheFactoryIsPublic() {
        return classes().that().arePublic().and().areTopLevelClasses().should().implement(LlmProviderFactory.class);
    }
}
