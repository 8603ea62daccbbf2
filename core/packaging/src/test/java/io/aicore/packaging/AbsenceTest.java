package io.aicore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rule in the package documentation of {@code io.aicore.llm}: what a value may lack is nullable, not optional. */
class AbsenceTest {

    @Test
    void onlyResultsAreOptional() {
        Stream<String> taken = shown().flatMap(type -> type.getCodeUnits().stream())
                .filter(AbsenceTest::isShown)
                .filter(unit -> unit.getRawParameterTypes().stream().anyMatch(AbsenceTest::isOptional))
                .map(JavaCodeUnit::getFullName);
        Stream<String> kept = shown().flatMap(type -> type.getFields().stream())
                .filter(field -> isOptional(field.getRawType()))
                .map(JavaMember::getFullName);

        assertThat(Stream.concat(taken, kept)).isEmpty();
    }

    @Test
    void whatIsLookedUpIsOptional() {
        assertThat(shown().flatMap(type -> type.getMethods().stream())
                        .filter(AbsenceTest::isShown)
                        .filter(method -> isOptional(method.getRawReturnType()))
                        .map(JavaMember::getFullName))
                .contains("io.aicore.retry.RetryHistory.of(java.lang.Throwable)");
    }

    private static Stream<JavaClass> shown() {
        return PublishedModule.all()
                .flatMap(module -> module.classes().stream())
                .filter(WideRecordsTest::isShown);
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isOptional(JavaClass type) {
        return type.isEquivalentTo(Optional.class);
    }
}
