package io.aicore.llm;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.embedding.EmbeddingRequest;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallRequest;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens a request is expected to take from the provider's token limit: four characters each, the usual rule of
 * thumb for English. What an attempt really used corrects it.
 */
final class ExpectedTokens {

    private static final int CHARACTERS = 4;

    private ExpectedTokens() {}

    static long of(CallRequest request) {
        if (request.kind() == CallKind.COUNT_TOKENS) {
            return 0;
        }
        CompletionRequest completion = request.completion();
        long characters = completion != null ? characters(completion) : 0;
        EmbeddingRequest embedding = request.embedding();
        if (embedding != null) {
            for (String input : embedding.inputs()) {
                characters += input.length();
            }
        }
        return characters / CHARACTERS;
    }

    private static long characters(CompletionRequest request) {
        long characters = 0;
        for (Message message : request.messages()) {
            characters += characters(message);
        }
        for (Tool tool : request.tools().tools()) {
            characters += tool.name().length() + length(tool.description());
        }
        return characters;
    }

    private static long characters(Message message) {
        long characters = length(message.reasoning());
        for (Content part : message.content()) {
            characters += part.fold(text -> text.text().length(), image -> 0, file -> 0);
        }
        for (ToolCall call : message.toolCalls()) {
            characters += call.arguments().length();
        }
        return characters;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
