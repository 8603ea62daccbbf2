package io.aicore.observability.dashboard;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The dashboard looks at what is recorded; recording knows nothing of it. */
@AnalyzeClasses(packages = "io.aicore.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class DashboardArchitectureTest {

    @ArchTest
    static final ArchRule recordingKnowsNothingOfTheDashboard = noClasses()
            .that()
            .resideInAPackage("io.aicore.observability")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.aicore.observability.dashboard..");

    @ArchTest
    static final ArchRule onlyTheDashboardIsAServer = noClasses()
            .that()
            .resideOutsideOfPackage("io.aicore.observability.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty..", "io.netty..");

    @ArchTest
    static final ArchRule anyServerCanServeIt = noClasses()
            .that()
            .resideInAPackage("io.aicore.observability.dashboard..")
            .and()
            .doNotBelongToAnyOf(NettyExchange.class, ObservabilityDashboard.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor.netty..", "io.netty.channel..", "io.netty.buffer..");

    @ArchTest
    static final ArchRule theDashboardReadsThroughTheCollectorAlone = noClasses()
            .that()
            .resideInAPackage("io.aicore.observability.dashboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.r2dbc.pool..", "io.r2dbc.h2..", "tools.jackson..");

    @ArchTest
    static final ArchRule nothingBlocks = noClasses()
            .that()
            .resideInAPackage("io.aicore.observability.dashboard..")
            .should()
            .callMethodWhere(target(nameMatching(
                    "block|blockFirst|blockLast|blockOptional|toIterable|toStream|sleep|bindNow|disposeNow")));
}
