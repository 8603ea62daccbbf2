package io.aicore.llm.codec.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A position in the JSON being read, with the mismatches found so far; their number is bounded. */
final class Reading {

    private static final int MOST = 10;
    private static final int LONGEST_NAME = 64;

    private final String path;
    private final List<SchemaMismatch> found;

    private Reading(String path, List<SchemaMismatch> found) {
        this.path = path;
        this.found = found;
    }

    static Reading root() {
        return new Reading("$", new ArrayList<>());
    }

    Reading field(String name) {
        return new Reading(path + "." + name, found);
    }

    /** A key chosen by the model: included in messages only if it looks like a name. */
    Reading key(String key) {
        boolean name = key.length() <= LONGEST_NAME && key.chars().allMatch(Character::isJavaIdentifierPart);
        return name ? field(key) : new Reading(path + "[key]", found);
    }

    Reading item(int index) {
        return new Reading(path + "[" + index + "]", found);
    }

    /** Adds a mismatch; returns null as the value that could not be read. */
    @Nullable
    Object expected(String what) {
        return expected(what, null);
    }

    @Nullable
    Object expected(String what, @Nullable String words) {
        if (found.size() < MOST) {
            found.add(new SchemaMismatch(path, what, words));
        }
        return null;
    }

    /** Whether there is no mismatch so far. */
    boolean fits() {
        return found.isEmpty();
    }

    List<SchemaMismatch> found() {
        return found;
    }
}
