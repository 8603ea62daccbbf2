package io.aicore.observability;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;

/** The arrows of this module, and what non-blocking code never does. */
@AnalyzeClasses(packages = "io.aicore.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.aicore.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRootKnowsNothingOfWhatIsMadeOfIt = noClasses()
            .that()
            .resideInAPackage("io.aicore.observability")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.aicore.observability.*..");

    @ArchTest
    static final ArchRule recordsNeedNoMetrics = noClasses()
            .that()
            .resideOutsideOfPackage("io.aicore.observability.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

    @ArchTest
    static final ArchRule onlyTheDashboardKnowsNetty = noClasses()
            .that()
            .resideOutsideOfPackage("io.aicore.observability.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty..", "io.netty..");

    @ArchTest
    static final ArchRule noDriverIsNamed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "io.r2dbc.postgresql..", "io.r2dbc.h2..", "org.h2..", "java.sql..");

    /** What is recorded, and how it is exported, does not depend on where it is stored. */
    @ArchTest
    static final ArchRule valuesAndExportsKnowNoDatabase = noClasses()
            .that()
            .areRecords()
            .and()
            .arePublic()
            .or()
            .belongToAnyOf(OperationFilter.class, Export.class, ExportColumn.class, ExportFormat.class)
            .or()
            .areAssignableTo(RowWriter.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc..");

    @ArchTest
    static final ArchRule nothingBlocksButAClose = noClasses()
            .that()
            .doNotHaveSimpleName(ExitFlush.class.getSimpleName())
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

    @ArchTest
    static final ArchRule recordsHaveAtMostSixComponents = noClasses()
            .that()
            .areRecords()
            .should(new ArchCondition<>("have more than six components") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    int components = type.reflect().getRecordComponents().length;
                    events.add(new SimpleConditionEvent(
                            type, components > 6, type.getName() + " has " + components + " components"));
                }
            });
}
