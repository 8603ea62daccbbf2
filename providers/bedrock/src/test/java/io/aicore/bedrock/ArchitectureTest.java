package io.aicore.bedrock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import io.aicore.testkit.ProviderArchitecture;
import org.junit.jupiter.api.Test;

/** A provider is a pure codec with presets: no I/O, no retry, no threads. Signing is a part of its own. */
class ArchitectureTest {

    private static ClassFileImporter classesWhere(ImportOption option) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(option);
    }

    private static boolean signs(Location location) {
        return location.contains("/bedrock/auth/");
    }

    @Test
    void itIsAPureCodec() {
        ProviderArchitecture.of("io.aicore.bedrock", "software.amazon.eventstream..")
                .check(classesWhere(location -> !signs(location)).importPackages("io.aicore.bedrock"));
    }

    @Test
    void signingKnowsRequestsAndAwssSigner() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("""
                        java.lang.. java.net java.time.. java.util java.util.function.. java.util.regex..
                        org.jspecify.. reactor.core.publisher.. software.amazon.awssdk.. io.aicore.bedrock.auth..
                        io.aicore.llm.auth io.aicore.llm.config io.aicore.llm.codec..""".split("\\s+"))
                .check(classesWhere(ArchitectureTest::signs).importPackages("io.aicore.bedrock"));
    }
}
