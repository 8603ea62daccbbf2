package io.aicore.llm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

class ExtendedContextTest {

    private final Context caller = Context.of("tenant", "a", "trace", 1);
    private final Context extended = new ExtendedContext(caller, "exchange", true);

    private static Map<Object, Object> entries(ContextView context) {
        return context.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void hasTheCallersEntriesAndItsOwn() {
        assertThat(entries(extended)).isEqualTo(Map.of("tenant", "a", "trace", 1, "exchange", true));
        assertThat(extended.size()).isEqualTo(3);
        assertThat(extended.<Boolean>get("exchange")).isTrue();
        assertThat(extended.<String>get("tenant")).isEqualTo("a");
        assertThat(extended.hasKey("trace")).isTrue();
        assertThat(extended.hasKey("none")).isFalse();
        assertThat(extended.getOrDefault("none", "otherwise")).isEqualTo("otherwise");
        assertThat(extended.<String>getOrEmpty("none")).isEmpty();
        assertThatThrownBy(() -> extended.get("none")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void itsOwnEntryHidesTheCallers() {
        Context hiding = new ExtendedContext(caller, "tenant", "b");

        assertThat(hiding.<String>get("tenant")).isEqualTo("b");
        assertThat(hiding.size()).isEqualTo(2);
        assertThat(entries(hiding)).isEqualTo(Map.of("tenant", "b", "trace", 1));
    }

    @Test
    void anyNumberOfEntriesIsAdded() {
        Context more = extended;
        for (int i = 0; i < 20; i++) {
            more = more.put("key " + i % 10, i);
        }

        assertThat(more.size()).isEqualTo(13);
        assertThat(more.<Integer>get("key 3")).isEqualTo(13);
        assertThat(more.<Boolean>get("exchange")).isTrue();
        assertThat(entries(more)).hasSize(13).containsEntry("tenant", "a").containsEntry("key 9", 19);
        assertThat(extended.size()).isEqualTo(3);
    }

    @Test
    void anyEntryIsTakenOut() {
        Context twice = extended.put("event loop", 7);

        assertThat(entries(twice.delete("exchange"))).isEqualTo(Map.of("tenant", "a", "trace", 1, "event loop", 7));
        assertThat(entries(twice.delete("tenant"))).isEqualTo(Map.of("exchange", true, "trace", 1, "event loop", 7));
        assertThat(entries(twice.delete("none"))).isEqualTo(entries(twice));
    }

    @Test
    void takesTheEntriesOfAnother() {
        assertThat(entries(extended.putAll((ContextView) Context.of("tenant", "b", "user", "u"))))
                .isEqualTo(Map.of("tenant", "b", "trace", 1, "exchange", true, "user", "u"));
        assertThat(entries(Context.of("user", "u").putAll((ContextView) extended)))
                .isEqualTo(Map.of("tenant", "a", "trace", 1, "exchange", true, "user", "u"));
        assertThat(extended.putAll((ContextView) Context.empty())).isSameAs(extended);
        assertThat(extended.putAll((ContextView) extended)).isSameAs(extended);
        assertThat(entries(extended.putAll((ContextView) Context.of("user", "u"))))
                .isEqualTo(Map.of("tenant", "a", "trace", 1, "exchange", true, "user", "u"));
    }

    @Test
    void takesWhatItExtendsOnlyWhereThatDiffers() {
        Context hiding = new ExtendedContext(caller, "tenant", "b");

        assertThat(extended.putAll((ContextView) caller)).isSameAs(extended);
        assertThat(entries(hiding.putAll((ContextView) caller))).isEqualTo(Map.of("tenant", "a", "trace", 1));
    }

    @Test
    void showsKeysOnly() {
        assertThat(new ExtendedContext(Context.of("token", "secret"), "exchange", "prompt"))
                .asString()
                .contains("token", "exchange")
                .doesNotContain("secret", "prompt");
    }
}
