package io.aicore;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The arrows of this module, and what non-blocking code with one clock never does. */
@AnalyzeClasses(packages = "io.aicore", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.aicore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule limitKnowsNothingOfRetry = noClasses()
            .that()
            .resideInAPackage("io.aicore.limit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.aicore.retry..");

    @ArchTest
    static final ArchRule nothingButJavaAndReactorIsNeeded = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "reactor..", "org.reactivestreams..", "org.jspecify..", "io.aicore..");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                    com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching(
                            "sleep|block|blockFirst|blockLast|blockOptional|toIterable|toStream|join|await")));

    @ArchTest
    static final ArchRule theSchedulerIsTheOnlyClock = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule theClockIsReadInNanoseconds = noClasses()
            .should()
            .accessField(TimeUnit.class, "MILLISECONDS")
            .orShould()
            .accessField(TimeUnit.class, "SECONDS")
            .because("Scheduler.now in milliseconds is the wall clock");

    @ArchTest
    static final ArchRule nothingHangsOnAThread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
