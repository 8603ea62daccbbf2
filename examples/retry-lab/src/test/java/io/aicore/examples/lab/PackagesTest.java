package io.aicore.examples.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages point one way, and time passes only in the simulation. */
@AnalyzeClasses(packages = "io.aicore.examples.lab", importOptions = DoNotIncludeTests.class)
class PackagesTest {

    private static final String LAB = "io.aicore.examples.lab.";

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(LAB + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule SCENARIOS_KNOW_NO_POLICY = noClasses()
            .that()
            .resideInAPackage(LAB + "scenario..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LAB + "policy..", LAB + "provider..", LAB + "run..", LAB + "report..");

    @ArchTest
    static final ArchRule CLIENTS_AND_PROVIDER_MEET_IN_CALLS = noClasses()
            .that()
            .resideInAPackage(LAB + "policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LAB + "provider..", LAB + "run..", LAB + "report..");

    @ArchTest
    static final ArchRule NO_OTHER_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage(LAB + "report..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("reactor.core.scheduler.Schedulers");
}
