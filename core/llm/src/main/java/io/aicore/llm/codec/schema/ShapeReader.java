package io.aicore.llm.codec.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Derives the shape of a record class. A type without a schema is rejected, naming the component. */
final class ShapeReader {

    // As deep as OpenAI's strict mode goes.
    private static final int DEEPEST = 10;
    private static final String SUPPORTED =
            "a record, an enum, a text, a number, a boolean, a type of java.time, UUID, URI,"
                    + " or a List, Set, Map<String, …> or Optional of these";

    private final Deque<Class<?>> open = new ArrayDeque<>();

    Fields root(Class<?> type) {
        if (!type.isRecord()) {
            throw refused(type.getSimpleName(), type, "a record");
        }
        return record(type, type.getSimpleName());
    }

    private Fields record(Class<?> type, String path) {
        if (open.contains(type)) {
            throw refused(path, type, "a record that does not hold itself: a schema has an end");
        }
        if (open.size() == DEEPEST) {
            throw refused(path, type, "at most " + DEEPEST + " records within each other");
        }
        open.push(type);
        List<Fields.Field> fields = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Shape shape = shape(component.getAnnotatedType(), path + "." + component.getName());
            if (nullable(component.getAnnotations()) && !(shape instanceof OrNothing)) {
                shape = new OrNothing(shape, false);
            }
            if (shape instanceof OrNothing && component.getType().isPrimitive()) {
                throw refused(path + "." + component.getName(), component.getType(), "a type that can be null");
            }
            fields.add(new Fields.Field(component.getName(), words(component.getAnnotation(Description.class)), shape));
        }
        open.pop();
        return new Fields(constructor(type, path), words(type.getAnnotation(Description.class)), fields);
    }

    private Shape shape(AnnotatedType annotated, String path) {
        Shape shape = bare(annotated, path);
        boolean orNull = nullable(annotated.getAnnotations()) && !(shape instanceof OrNothing);
        return orNull ? new OrNothing(shape, false) : shape;
    }

    private Shape bare(AnnotatedType annotated, String path) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType generic) {
            return generic(generic, path);
        }
        if (!(type instanceof Class<?> known)) {
            throw refused(path, type, SUPPORTED);
        }
        if (known.isRecord() && known.getTypeParameters().length == 0) {
            return record(known, path);
        }
        Scalar scalar = Scalars.of(known);
        if (scalar == null) {
            throw refused(path, type, SUPPORTED);
        }
        return scalar;
    }

    private Shape generic(AnnotatedParameterizedType generic, String path) {
        Type raw = ((ParameterizedType) generic.getType()).getRawType();
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        if (raw == List.class || raw == Collection.class || raw == Set.class) {
            return new Sequence(shape(arguments[0], path + "[]"), raw == Set.class);
        }
        if (raw == Optional.class) {
            Shape within = shape(arguments[0], path);
            return new OrNothing(within instanceof OrNothing twice ? twice.shape() : within, true);
        }
        if (raw == Map.class && arguments[0].getType() == String.class) {
            return new TextMap(shape(arguments[1], path + "{}"));
        }
        throw refused(path, generic.getType(), SUPPORTED);
    }

    private static Constructor<?> constructor(Class<?> type, String path) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException | InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    path + ": " + type.getTypeName() + " (expected: a package open to this library)", e);
        }
    }

    /** Any annotation of this name: several libraries have one, with the same meaning. */
    private static boolean nullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(one -> one.annotationType().getSimpleName().equals("Nullable"));
    }

    private static @Nullable String words(@Nullable Description description) {
        return description == null ? null : description.value();
    }

    private static IllegalArgumentException refused(String path, Type type, String expected) {
        return new IllegalArgumentException(path + ": " + type.getTypeName() + " (expected: " + expected + ")");
    }
}
