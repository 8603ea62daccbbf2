package io.aicore.spring;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;

/** The arrows of this module, and what non-blocking code never does. */
@AnalyzeClasses(packages = "io.aicore.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.aicore.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRootNeedsNoOptionalPart = noClasses()
            .that()
            .resideInAPackage("io.aicore.spring")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("""
                    io.aicore.spring.*.. io.aicore.observability.. io.micrometer.. org.springframework.web..
                    org.springframework.http.. org.springframework.boot.actuate.. org.springframework.boot.health..""".split("\\s+"));

    @ArchTest
    static final ArchRule noProviderIsNamed = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.aicore..")
                    .and(resideOutsideOfPackages(
                            "io.aicore.spring..",
                            "io.aicore.llm..",
                            "io.aicore.retry..",
                            "io.aicore.limit..",
                            "io.aicore.internal..",
                            "io.aicore.observability..")));

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .should()
            .callMethodWhere(target(owner(JavaClass.Predicates.assignableTo(Publisher.class)))
                    .and(target(nameMatching("block|blockFirst|blockLast|blockOptional|toIterable|toStream"))))
            .orShould()
            .callMethodWhere(target(owner(JavaClass.Predicates.assignableTo(Thread.class)
                            .or(JavaClass.Predicates.assignableTo(Future.class))
                            .or(JavaClass.Predicates.assignableTo(CompletableFuture.class))
                            .or(JavaClass.Predicates.assignableTo(CountDownLatch.class))))
                    .and(target(nameMatching("sleep|join|get|await|wait"))))
            .orShould()
            .callMethodWhere(target(nameMatching("bindNow|connectNow|disposeNow|bindUntilJavaShutdown")));

    @ArchTest
    static final ArchRule nothingHangsOnAThread =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
