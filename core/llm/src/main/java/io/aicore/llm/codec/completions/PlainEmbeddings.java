package io.aicore.llm.codec.completions;

import io.aicore.llm.codec.JsonAnswer;
import io.aicore.llm.codec.VectorReader;
import io.aicore.llm.codec.json.JsonShape;
import io.aicore.llm.codec.json.ShapedJson;
import io.aicore.llm.embedding.Embedding;
import java.util.List;

/** The answer that nearly all are: vectors in the order of their indexes. Everything else has a tree. */
final class PlainEmbeddings {

    private enum Slot {
        OBJECT,
        MODEL,
        PROMPT,
        TOTAL
    }

    private static final JsonShape SHAPE = JsonShape.of()
            .each(
                    "data",
                    JsonShape.of()
                            .position("index")
                            .vector("embedding")
                            .ignored("object")
                            .build())
            .text("object", Slot.OBJECT)
            .text("model", Slot.MODEL)
            .object(
                    "usage",
                    JsonShape.of()
                            .count("prompt_tokens", Slot.PROMPT)
                            .count("total_tokens", Slot.TOTAL)
                            .skipped("completion_tokens", "prompt_tokens_details", "prompt_audio_seconds")
                            .ignored("cost")
                            .skipped("cost_details")
                            .build())
            .ignored("id", "created", "provider")
            .empty("error")
            .build();

    private final ShapedJson json = new ShapedJson(SHAPE);

    /** Whether this answer is one; it is read then. */
    boolean fits(JsonAnswer answer) {
        return !ChatErrors.isAwaited(answer)
                && answer.fits(json)
                && !"error".equalsIgnoreCase(json.string(Slot.OBJECT));
    }

    String model() {
        return json.text(Slot.MODEL);
    }

    List<Embedding> vectors() {
        return VectorReader.read(json);
    }

    /** The tokens that were read; negative without a count. Voyage says only the total, which is the same. */
    long tokens() {
        long total = json.count(Slot.TOTAL);
        long prompt = json.count(Slot.PROMPT);
        return prompt <= 0 && total >= 0 ? total : prompt;
    }
}
