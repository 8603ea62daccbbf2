package io.aicore.anthropic;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.aicore.testkit.ProviderArchitecture;

/** A provider is a pure codec with presets: no I/O, no retry, no threads. */
@AnalyzeClasses(packages = "io.aicore.anthropic", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule itIsAPureCodec = ProviderArchitecture.of("io.aicore.anthropic");
}
