package io.aicore.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of the modules for tests: the server stands alone, and the kit knows it and core/llm, no provider. */
@AnalyzeClasses(
        packages = {"io.aicore.testserver", "io.aicore.testkit"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theServerNeedsJavaAlone = classes()
            .that()
            .resideInAPackage("io.aicore.testserver..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.aicore.testserver..");

    @ArchTest
    static final ArchRule theKitKnowsNoProviderAndNoTransport = classes()
            .that()
            .resideInAPackage("io.aicore.testkit..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    // What a reading allocates.
                    "com.sun.management..",
                    "org.jspecify..",
                    "org.reactivestreams..",
                    "reactor..",
                    "org.junit.jupiter.api..",
                    "org.assertj..",
                    "com.tngtech.archunit..",
                    "mockwebserver3..",
                    "okio..",
                    "kotlin..",
                    "io.aicore.testkit..",
                    "io.aicore.testserver..",
                    "io.aicore.retry..",
                    "io.aicore.limit..",
                    "io.aicore.llm",
                    "io.aicore.llm.chat..",
                    "io.aicore.llm.codec..",
                    "io.aicore.llm.embedding..",
                    "io.aicore.llm.error..",
                    "io.aicore.llm.observe..");

    /** Those who do without these two need not have what they are made of. */
    @ArchTest
    static final ArchRule whatIsOptionalIsNeededInOnePlaceEach = noClasses()
            .that()
            .doNotHaveSimpleName("MockWebServerTest")
            .and()
            .doNotHaveSimpleName("ProviderArchitecture")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.tngtech.archunit..", "mockwebserver3..", "okio..", "kotlin..");
}
