package io.aicore.llm.codec.json;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * The fields of an object that a protocol sends all the time, so that {@link ShapedJson} can read them without a tree.
 * What it does not name, or names with another kind of value, does not fit: such an object is read as
 * {@link JsonFields}. So a shape says nothing of what a host may send, only of what is frequent.
 *
 * <p>Immutable; made once, for a constant.
 */
public final class JsonShape {

    private static final int MOST = 64;

    /** The kinds of values. */
    enum Kind {
        /** A string, kept in its slot; or null. */
        TEXT,
        /** A whole number from 0, kept in its slot; or null. */
        COUNT,
        /** A whole number from 0, added to its slot. */
        SUM,
        /** A string, number or boolean, or an object of no more than these, kept in its slot; or null. */
        PLAIN,
        /** Any value, kept in its slot as a tree. */
        TREE,
        /** The number 0. */
        ZERO,
        /** The value false. */
        FALSE,
        /** The value true. */
        TRUE,
        /** Null. */
        NULL,
        /** The position of the object in its array. */
        POSITION,
        /** Any value, and not kept. */
        ANY,
        /** A string, number, boolean or null, and not kept. */
        SCALAR,
        /** Null, an empty string, or an object or array without anything in it. */
        NOTHING,
        /** An object of the field's own shape; or null, if the shape requires nothing. */
        OBJECT,
        /** An array of exactly one object of the field's own shape. */
        ONE,
        /** An array of one or more objects of the field's own shape. */
        EACH,
        /** An array of numbers, or 32-bit floats in base64. */
        VECTOR,
        /** An array of one or more of these. */
        VECTORS
    }

    /**
     * @param slot where the value is kept; -1 if it is not
     * @param shape of an object, or of the only element of an array
     */
    record Field(String name, Kind kind, int slot, @Nullable JsonShape shape) {

        private boolean isRequired() {
            return switch (kind) {
                case ONE, EACH, VECTOR, VECTORS, SUM -> true;
                case OBJECT -> requiresSomething();
                default -> false;
            };
        }

        /** Whether the object may not be null. */
        boolean requiresSomething() {
            return shape != null && shape.required != 0;
        }
    }

    private final Field[] fields;
    private final PropertyNameMatcher matcher;
    private final long required;
    private final int slots;

    private JsonShape(List<Field> fields, int slots) {
        Json.fit();
        this.fields = fields.toArray(Field[]::new);
        this.matcher = Tokens.STRICT.constructNameMatcher(
                fields.stream().map(Field::name).map(Named::fromString).toList(), false);
        long only = 0;
        for (int i = 0; i < this.fields.length; i++) {
            only |= this.fields[i].isRequired() ? 1L << i : 0;
        }
        this.required = only;
        this.slots = slots;
    }

    /** A shape without fields, to which they are added. */
    public static Builder of() {
        return new Builder();
    }

    /** Where the value of a slot stands among those of a shape: an index of arrays, kept nowhere. */
    @SuppressWarnings("EnumOrdinal")
    static int place(Enum<?> slot) {
        return slot.ordinal();
    }

    PropertyNameMatcher matcher() {
        return matcher;
    }

    Field field(int index) {
        return fields[index];
    }

    /** How many places its slots may have. */
    int slots() {
        return slots;
    }

    /** The fields that must be there, one bit each. */
    long required() {
        return required;
    }

    /**
     * Collects the fields. Each may be missing, except for {@link #one}, {@link #each}, {@link #sum}, the embeddings, and an
     * {@link #object} with one of these in it; each may come once.
     */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>();
        private int slots;

        private Builder() {}

        /** A string or null. */
        public Builder text(String name, Enum<?> slot) {
            return add(name, Kind.TEXT, slot);
        }

        /** A whole number from 0, or null. */
        public Builder count(String name, Enum<?> slot) {
            return add(name, Kind.COUNT, slot);
        }

        /** A whole number from 0, added up over the objects of {@link #each}; it must be there. */
        public Builder sum(String name, Enum<?> slot) {
            return add(name, Kind.SUM, slot);
        }

        /** A string, number or boolean, or an object of no more than these, as a plain value; or null. */
        public Builder plain(String name, Enum<?> slot) {
            return add(name, Kind.PLAIN, slot);
        }

        /** Any value, as a tree. */
        public Builder tree(String name, Enum<?> slot) {
            return add(name, Kind.TREE, slot);
        }

        /** The number 0, as of the first of several. */
        public Builder zero(String name) {
            return add(name, Kind.ZERO, -1, null);
        }

        /** The value false, as long as it is not the last one. */
        public Builder isFalse(String name) {
            return add(name, Kind.FALSE, -1, null);
        }

        /** The value true, as of the last one. */
        public Builder isTrue(String name) {
            return add(name, Kind.TRUE, -1, null);
        }

        /** Fields that fit only while they are null. */
        public Builder unset(String... names) {
            return addAll(names, Kind.NULL);
        }

        /** Values of any kind that mean nothing to the library. */
        public Builder skipped(String... names) {
            return addAll(names, Kind.ANY);
        }

        /** Strings, numbers, booleans or null that mean nothing to the library. */
        public Builder ignored(String... names) {
            return addAll(names, Kind.SCALAR);
        }

        /** Fields that fit only while they are empty: null, {@code ""}, <code>{}</code> or {@code []}. */
        public Builder empty(String... names) {
            return addAll(names, Kind.NOTHING);
        }

        /** An object of this shape, or null. */
        public Builder object(String name, JsonShape shape) {
            slots = Math.max(slots, shape.slots);
            return add(name, Kind.OBJECT, -1, shape);
        }

        /** An array with exactly one object, of this shape; it must be there. */
        public Builder one(String name, JsonShape shape) {
            slots = Math.max(slots, shape.slots);
            return add(name, Kind.ONE, -1, shape);
        }

        /** An array of one or more objects of this shape; it must be there. */
        public Builder each(String name, JsonShape shape) {
            slots = Math.max(slots, shape.slots);
            return add(name, Kind.EACH, -1, shape);
        }

        /** The position of an object of {@link #each} in its array, from 0. */
        public Builder position(String name) {
            return add(name, Kind.POSITION, -1, null);
        }

        /** An embedding: an array of finite numbers, or little-endian 32-bit floats in base64; it must be there. */
        public Builder vector(String name) {
            return add(name, Kind.VECTOR, -1, null);
        }

        /** An array of one or more embeddings; it must be there. */
        public Builder vectors(String name) {
            return add(name, Kind.VECTORS, -1, null);
        }

        /** The shape of these fields. */
        public JsonShape build() {
            return new JsonShape(fields, slots);
        }

        private Builder addAll(String[] names, Kind kind) {
            for (String name : names) {
                add(name, kind, -1, null);
            }
            return this;
        }

        private Builder add(String name, Kind kind, Enum<?> slot) {
            slots = Math.max(slots, slot.getDeclaringClass().getEnumConstants().length);
            return add(name, kind, place(slot), null);
        }

        private Builder add(String name, Kind kind, int slot, @Nullable JsonShape shape) {
            if (fields.size() == MOST) {
                throw new IllegalArgumentException("a shape has at most " + MOST + " fields");
            }
            fields.add(new Field(name, kind, slot, shape));
            return this;
        }
    }
}
