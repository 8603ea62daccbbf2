package io.aicore.llm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds quotes of other texts in a provider's message: runs of at least {@value #RUN} bytes of {@link Letters}, and
 * texts of {@value #WHOLE} to {@value #RUN} bytes that are quoted completely. Linear in the length of those texts, by a
 * rolling hash (Karp and Rabin).
 */
final class Quotes {

    static final int RUN = 16;
    static final int WHOLE = 8;

    private static final int LETTERS_OF_A_WORD = 3;
    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long BASE_TO_RUN = power(BASE, RUN);

    private final String words;
    private final byte[] letters;
    private final int[] from;
    private final int[] to;
    // Where a run with this hash begins, plus one; the next place with the same slot stands in the other array.
    private final int[] slots;
    private final int[] next;
    private final Map<String, BitSet> wholes = new HashMap<>();
    private final BitSet quoted = new BitSet();

    Quotes(String words) {
        this.words = words;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(words.length() + RUN);
        List<int[]> places = new ArrayList<>(words.length());
        Letters reading = new Letters(words);
        while (reading.next(bytes::write)) {
            int[] place = {reading.from(), reading.to()};
            while (places.size() < bytes.size()) {
                places.add(place);
            }
        }
        this.letters = bytes.toByteArray();
        this.from = places.stream().mapToInt(place -> place[0]).toArray();
        this.to = places.stream().mapToInt(place -> place[1]).toArray();
        this.slots = new int[Integer.highestOneBit(letters.length + RUN) * 4];
        this.next = new int[letters.length];
        indexRuns();
        indexWholes();
    }

    /** Marks what the message quotes of this text. */
    void find(String text) {
        Window window = new Window();
        Letters reading = new Letters(text);
        while (reading.next(window)) {
            // The window looks for itself.
        }
        if (window.count >= WHOLE && window.count < RUN) {
            BitSet places = wholes.get(window.whole());
            if (places != null) {
                quoted.or(places);
            }
        }
    }

    /** The message with each quote replaced. */
    String replaced(String replacement) {
        if (quoted.isEmpty()) {
            return words;
        }
        StringBuilder clean = new StringBuilder();
        int shown = 0;
        int start = quoted.nextSetBit(0);
        while (start >= 0) {
            int end = quoted.nextClearBit(start);
            int after = quoted.nextSetBit(end);
            int first = atWordStart(start);
            int last = atWordEnd(end);
            if (from[first] >= shown) {
                clean.append(words, shown, from[first]).append(replacement);
            }
            shown = Math.max(shown, to[last - 1]);
            start = after;
        }
        return clean.append(words, shown, words.length()).toString();
    }

    /** Extends a quote to a word's start, unless so little of the word matches that it may be accidental. */
    private int atWordStart(int start) {
        int first = start;
        while (first > 0 && joined(first)) {
            first--;
        }
        int next = start + 1;
        while (next < letters.length && joined(next)) {
            next++;
        }
        return first < start && next - start < LETTERS_OF_A_WORD ? next : first;
    }

    private int atWordEnd(int end) {
        int last = end;
        while (last < letters.length && joined(last)) {
            last++;
        }
        int before = end - 1;
        while (before > 0 && joined(before)) {
            before--;
        }
        return last > end && end - before < LETTERS_OF_A_WORD ? before : last;
    }

    private boolean joined(int place) {
        return from[place] <= to[place - 1];
    }

    private void indexRuns() {
        long hash = 0;
        for (int i = 0; i < letters.length; i++) {
            hash = hash * BASE + letters[i] - (i < RUN ? 0 : letters[i - RUN] * BASE_TO_RUN);
            int start = i - RUN + 1;
            if (start >= 0) {
                int slot = slot(hash);
                next[start] = slots[slot];
                slots[slot] = start + 1;
            }
        }
    }

    private void indexWholes() {
        for (int start = 0; start < letters.length; start++) {
            if (start > 0 && joined(start)) {
                continue;
            }
            for (int end = start + WHOLE; end < start + RUN && end <= letters.length; end++) {
                if (end == letters.length || !joined(end)) {
                    wholes.computeIfAbsent(key(letters, start, end), key -> new BitSet())
                            .set(start, end);
                }
            }
        }
    }

    private int slot(long hash) {
        return (int) ((hash * BASE) >>> 40) & (slots.length - 1);
    }

    private static String key(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static long power(long base, int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= base;
        }
        return power;
    }

    /** The last letters of the text being searched. */
    private final class Window implements java.util.function.IntConsumer {

        private final byte[] last = new byte[RUN];
        private long hash;
        private int count;

        @Override
        public void accept(int letter) {
            int at = count % RUN;
            byte arriving = (byte) letter;
            hash = hash * BASE + arriving - last[at] * BASE_TO_RUN;
            last[at] = arriving;
            count++;
            if (count >= RUN) {
                look(slot(hash));
            }
        }

        /**
         * A run that was found is not searched again, so that a message of one repeated letter costs no more than
         * others.
         */
        private void look(int slot) {
            int before = -1;
            for (int start = slots[slot] - 1; start >= 0; start = next[start] - 1) {
                if (!matches(start)) {
                    before = start;
                    continue;
                }
                quoted.set(start, start + RUN);
                if (before < 0) {
                    slots[slot] = next[start];
                } else {
                    next[before] = next[start];
                }
            }
        }

        private boolean matches(int start) {
            for (int i = 0; i < RUN; i++) {
                if (letters[start + i] != last[(count + i) % RUN]) {
                    return false;
                }
            }
            return true;
        }

        String whole() {
            return key(last, 0, count);
        }
    }
}
