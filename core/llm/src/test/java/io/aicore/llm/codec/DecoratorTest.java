package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands around a protocol passes on all of it: a method that is left to its default would hide the protocol's own. */
class DecoratorTest {

    @ParameterizedTest
    @CsvSource({"ChatCodec, ThinkBlocks", "StreamDecoder, StreamDecorator"})
    void passesOnEveryMethod(String kind, String decorator) throws ReflectiveOperationException {
        Class<?> type = Class.forName(getClass().getPackageName() + "." + decorator);

        for (Method method :
                Class.forName(getClass().getPackageName() + "." + kind).getMethods()) {
            assertThat(type.getMethod(method.getName(), method.getParameterTypes())
                            .getDeclaringClass())
                    .as("%s.%s", decorator, method.getName())
                    .isEqualTo(type);
        }
    }
}
