package io.aicore.observability.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the dashboard may know; that nothing knows it and that it never blocks are rules of the whole module. */
@AnalyzeClasses(packages = "io.aicore.observability", importOptions = ImportOption.DoNotIncludeTests.class)
class DashboardArchitectureTest {

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
}
