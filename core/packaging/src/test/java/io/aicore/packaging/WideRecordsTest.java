package io.aicore.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

/**
 * Past six components a smaller record is hiding, and the next component breaks every caller: group them, or let an
 * interface show a hidden record.
 */
class WideRecordsTest {

    private static final int MOST = 6;

    @Test
    void publicRecordsHaveAtMostSixComponents() {
        assertThat(PublishedModule.all().flatMap(module -> module.classes().stream()))
                .filteredOn(JavaClass::isRecord)
                .filteredOn(WideRecordsTest::isShown)
                .filteredOn(type -> components(type) > MOST)
                .extracting(JavaClass::getName)
                .isEmpty();
    }

    @Test
    void recordsOfEveryDepthAreSeen() {
        assertThat(PublishedModule.all().flatMap(module -> module.classes().stream()))
                .filteredOn(JavaClass::isRecord)
                .filteredOn(WideRecordsTest::isShown)
                .extracting(JavaClass::getName)
                .contains("io.aicore.llm.chat.Message", "io.aicore.llm.chat.Completion$Output")
                .doesNotContain("io.aicore.retry.AttemptFailure");
    }

    static boolean isShown(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(WideRecordsTest::isShown).orElse(true);
    }

    private static long components(JavaClass type) {
        return type.getFields().stream()
                .map(JavaField::getModifiers)
                .filter(modifiers -> !modifiers.contains(JavaModifier.STATIC))
                .count();
    }
}
