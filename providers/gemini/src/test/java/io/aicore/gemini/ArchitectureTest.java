package io.aicore.gemini;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.aicore.llm.LlmProviderFactory;

/** A provider is a pure codec with presets: no I/O, no retry, no threads. */
@AnalyzeClasses(packages = "io.aicore.gemini", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule itKnowsTheVocabularyAndTheSeamsOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "tools.jackson..",
                    "io.aicore.gemini..",
                    "io.aicore.llm",
                    "io.aicore.llm.codec..",
                    "io.aicore.llm.error..",
                    "io.aicore.llm.chat..");

    @ArchTest
    static final ArchRule onlyTheFactoryKnowsProviders = noClasses()
            .that()
            .doNotImplement(LlmProviderFactory.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.aicore.llm");
}
