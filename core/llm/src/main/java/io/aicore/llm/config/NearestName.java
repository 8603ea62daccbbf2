package io.aicore.llm.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/** Finds the nearest known name: the fewest letters added, omitted, replaced or swapped with a neighbour. */
final class NearestName {

    private NearestName() {}

    static String to(String name, Collection<String> known) {
        return nearest(known, candidate -> distance(name, candidate));
    }

    /** As {@code to}, for paths {@code a.b}: a known name at another path is near too. */
    static String toPath(String path, Collection<String> known) {
        return nearest(
                known, candidate -> Math.min(distance(path, candidate), 1 + distance(last(path), last(candidate))));
    }

    private static String nearest(Collection<String> known, ToIntFunction<String> distance) {
        return known.stream()
                .min(Comparator.comparingInt(distance).thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** Whether one is a misspelling of the other: at most three letters differ, and at most a third of them. */
    static boolean resembles(String name, String known) {
        return distance(name, known) <= Math.max(1, Math.min(3, Math.min(name.length(), known.length()) / 3));
    }

    /** Optimal string alignment distance. */
    static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + (same ? 0 : 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] oldest = before;
            before = above;
            above = row;
            row = oldest;
        }
        return above[b.length()];
    }
}
