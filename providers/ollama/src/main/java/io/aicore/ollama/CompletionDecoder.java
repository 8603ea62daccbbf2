package io.aicore.ollama;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.JsonAnswer;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads one plain answer. */
final class CompletionDecoder {

    private CompletionDecoder() {}

    static Completion decode(JsonNode tree, JsonAnswer answer) {
        Piece piece = new Piece(tree);
        if (!piece.isMessage()) {
            throw answer.malformed("no_message", "the answer has no message");
        }
        if (!piece.isLast()) {
            throw answer.malformed("not_done", "the answer is the beginning of a stream");
        }
        List<ToolCall> calls = piece.calls(0);
        String reason = piece.reason();
        FinishReason finish = DoneReasons.of(reason, !calls.isEmpty());
        String thinking = piece.thinking();
        Beside beside = new Beside();
        beside.add(piece);
        Completion completion = new Completion(
                "",
                piece.model(),
                piece.text(),
                calls,
                thinking.isEmpty() ? null : thinking,
                null,
                finish,
                reason,
                piece.usage(),
                null,
                beside.extra());
        boolean fine = beside.hasImages() || finish == FinishReason.LENGTH;
        return fine ? completion : answer.answered(completion);
    }
}
