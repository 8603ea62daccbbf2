package io.aicore.llm.codec.schema;

import java.util.List;
import java.util.stream.Collectors;

/** JSON that does not match a record. The message has paths and what was expected there, and nothing of the content. */
public final class SchemaMismatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SchemaMismatch> mismatches;

    SchemaMismatchException(List<SchemaMismatch> mismatches) {
        super(mismatches.stream().map(SchemaMismatch::toString).collect(Collectors.joining("; ")));
        this.mismatches = List.copyOf(mismatches);
    }

    /** The mismatches, in the order of the text; the first ten. */
    public List<SchemaMismatch> mismatches() {
        return mismatches;
    }

    /**
     * The mismatches for the model that wrote the JSON, one line each, including messages of a record's constructor.
     */
    public String forTheModel() {
        return mismatches.stream()
                .map(one -> "- " + one + (one.words() == null ? "" : ": " + one.words()))
                .collect(Collectors.joining("\n"));
    }
}
