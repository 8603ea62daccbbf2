package io.aicore.llm.testing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README says what the provider can do: no more, no less. */
interface ReadmeClaims extends Claims {

    @Test
    default void theReadmeSaysWhatItCanDo() {
        List<String> names =
                List.of(fixture().config(rig().server().url()).build().provider());

        ReadmeTable table = ReadmeTable.read();
        List<String> row = table.row(fixture().row());

        assertThat(table.columns())
                .containsExactlyElementsOf(ReadmeTable.columns(Arrays.stream(Capability.values())
                        .map(Capability::column)
                        .toList()));
        assertThat(row.get(1)).contains("`" + names.get(0) + "`");
        assertThat(row.subList(2, row.size()))
                .containsExactlyElementsOf(Arrays.stream(Capability.values())
                        .map(capability -> can(capability) ? "yes" : "–")
                        .toList());
    }
}
