package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The README says what the provider can do: no more, no less. For a test of the kit that implements this too, in a module below
 * a {@code README.md} that has a table with a column for each {@link Capability}, after {@code <!-- table: providers -->}.
 */
public interface ReadmeClaims extends Claims {

    /** The first cell of the provider's row in the table. */
    String row();

    @Test
    default void theReadmeSaysWhatItCanDo() {
        List<String> names =
                List.of(fixture().config(rig().server().url()).build().provider());

        ReadmeTable table = ReadmeTable.read();
        List<String> row = table.row(row());

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
