package io.aicore.llm.codec.failure;

import java.util.Set;

/** Sets of words, written as one text with white space between them. */
final class WordSet {

    private WordSet() {}

    /** The words of this text, each of which may occur only once. */
    static Set<String> of(String words) {
        return Set.of(words.strip().split("\\s+"));
    }
}
