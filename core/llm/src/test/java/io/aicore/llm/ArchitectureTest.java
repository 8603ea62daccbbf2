package io.aicore.llm;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.aicore.llm.codec.failure.ErrorClassifier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableChannel;

/** The arrows of this module, and what non-blocking code with one clock never does. */
@AnalyzeClasses(packages = "io.aicore.llm", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Each layer may use those below it; the loop of tools is made of calls of the root, which knows all else. */
    @ArchTest
    static final ArchRule arrowsPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("tools")
            .definedBy("io.aicore.llm.tools..")
            .layer("root")
            .definedBy("io.aicore.llm")
            .layer("auth")
            .definedBy("io.aicore.llm.auth..")
            .layer("config")
            .definedBy("io.aicore.llm.config..")
            .layer("http")
            .definedBy("io.aicore.llm.http..")
            .layer("observe")
            .definedBy("io.aicore.llm.observe..")
            .layer("model")
            .definedBy("io.aicore.llm.model..")
            .layer("codec")
            .definedBy("io.aicore.llm.codec..")
            .layer("error")
            .definedBy("io.aicore.llm.error..")
            .layer("embedding")
            .definedBy("io.aicore.llm.embedding..")
            .layer("internal")
            .definedBy("io.aicore.llm.internal..")
            .layer("chat")
            .definedBy("io.aicore.llm.chat..")
            .whereLayer("tools")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("root")
            .mayOnlyBeAccessedByLayers("tools")
            .whereLayer("auth")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("root", "auth")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("root", "config")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("root")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("root", "config")
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("root", "tools", "auth", "http", "model")
            .whereLayer("error")
            .mayOnlyBeAccessedByLayers("root", "tools", "http", "codec")
            .whereLayer("embedding")
            .mayOnlyBeAccessedByLayers("root", "codec", "observe")
            .whereLayer("internal")
            .mayOnlyBeAccessedByLayers("tools", "root", "http", "codec", "error")
            .whereLayer("chat")
            .mayOnlyBeAccessedByLayers(
                    "root", "tools", "http", "model", "codec", "error", "embedding", "observe", "internal");

    @ArchTest
    static final ArchRule everyPackageIsOneOfThese = classes().should().resideInAnyPackage("""
                    io.aicore.llm io.aicore.llm.auth.. io.aicore.llm.tools.. io.aicore.llm.config..
                    io.aicore.llm.http.. io.aicore.llm.model.. io.aicore.llm.observe.. io.aicore.llm.codec..
                    io.aicore.llm.error.. io.aicore.llm.embedding.. io.aicore.llm.internal.. io.aicore.llm.chat..""".split("\\s+"));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.aicore.llm.(**)").should().beFreeOfCycles();

    /** Chat completions are made of what a protocol says, which uses the reading of failures; all use the wire and JSON. */
    @ArchTest
    static final ArchRule roomsOfTheCodecPointDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("completions")
            .definedBy("io.aicore.llm.codec.completions..")
            .layer("codec")
            .definedBy("io.aicore.llm.codec", "io.aicore.llm.codec.schema..")
            .layer("failure")
            .definedBy("io.aicore.llm.codec.failure..")
            .layer("wire")
            .definedBy("io.aicore.llm.codec.wire..")
            .layer("json")
            .definedBy("io.aicore.llm.codec.json..")
            .whereLayer("completions")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("codec")
            .mayOnlyBeAccessedByLayers("completions")
            .whereLayer("failure")
            .mayOnlyBeAccessedByLayers("codec", "completions")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("codec", "completions", "failure");

    @ArchTest
    static final ArchRule failuresAreReadThroughOneDoor = classes()
            .that()
            .resideInAPackage("io.aicore.llm.codec.failure")
            .and()
            .doNotBelongToAnyOf(ErrorClassifier.class)
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule onlyTheTransportKnowsNetty = noClasses()
            .that()
            .resideOutsideOfPackage("io.aicore.llm.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty..", "io.netty..");

    @ArchTest
    static final ArchRule jacksonStaysBehindItsSeams = noClasses()
            .that()
            .resideOutsideOfPackage("io.aicore.llm.codec.json")
            .and()
            .haveNameNotMatching("io.aicore.llm.config.YamlDocument.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "org.snakeyaml..");

    @ArchTest
    static final ArchRule codecsDoNoInputAndOutputAndKnowNoThreads = noClasses()
            .that()
            .resideInAPackage("io.aicore.llm.codec..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "java.nio.file..", "java.util.concurrent..", "reactor..");

    @ArchTest
    static final ArchRule nothingElseIsNeeded = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "jdk.net..",
                    "reactor..",
                    "org.reactivestreams..",
                    "org.jspecify..",
                    "io.netty..",
                    "tools.jackson..",
                    // Jackson 3 shares it with Jackson 2.
                    "com.fasterxml.jackson.annotation..",
                    // And of ours what is below: no provider's module is known here, so none is needed to add another.
                    "io.aicore.llm..",
                    "io.aicore.internal..",
                    "io.aicore.retry..",
                    "io.aicore.limit..");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(target(owner(JavaClass.Predicates.assignableTo(Publisher.class)))
                    .and(target(nameMatching("block|blockFirst|blockLast|blockOptional|toIterable|toStream"))))
            .orShould()
            .callMethodWhere(target(owner(waitsForOthers())).and(target(nameMatching("sleep|join|get|await|wait"))))
            .orShould()
            .callMethodWhere(target(owner(JavaClass.Predicates.assignableTo(DisposableChannel.class)))
                    .and(target(nameMatching("disposeNow|onDispose.*Now"))))
            .orShould()
            .callMethodWhere(target(nameMatching("bindNow|connectNow|bindUntilJavaShutdown")));

    @ArchTest
    static final ArchRule theSchedulerIsTheOnlyTimer = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Timer.class);

    @ArchTest
    static final ArchRule theClockIsReadInNanoseconds = noClasses()
            .should()
            .accessField(TimeUnit.class, "MILLISECONDS")
            .because("Scheduler.now in milliseconds is the wall clock");

    @ArchTest
    static final ArchRule nothingHangsOnAThread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);

    private static DescribedPredicate<JavaClass> waitsForOthers() {
        return JavaClass.Predicates.assignableTo(Thread.class)
                .or(JavaClass.Predicates.assignableTo(Future.class))
                .or(JavaClass.Predicates.assignableTo(CompletableFuture.class))
                .or(JavaClass.Predicates.assignableTo(CountDownLatch.class));
    }
}
