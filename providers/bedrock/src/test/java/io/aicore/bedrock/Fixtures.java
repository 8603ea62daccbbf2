package io.aicore.bedrock;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.testkit.CodecBench;
import java.util.List;
import java.util.Map;

/** What the tests of the protocol share: blocks, answers and events written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("some-v1").user("hello").build();
    static final Tool NOW = Tool.of("now", "", Map.of());
    static final String THOUGHT =
            "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"because\",\"signature\":\"sig==\"}}}";
    static final String HIDDEN = "{\"reasoningContent\":{\"redactedContent\":\"eHl6\"}}";
    static final String QUOTE =
            "{\"citationsContent\":{\"content\":[{\"text\":\"so\"}],\"citations\":[{\"title\":\"page\"}]}}";
    static final String CALL = "{\"toolUse\":{\"toolUseId\":\"t-1\",\"name\":\"now\",\"input\":{\"zone\":\"UTC\"}}}";
    final BedrockCodec codec = new BedrockCodec("bedrock", Map.of());

    Fixtures() {
        super(new BedrockCodec("bedrock", Map.of()), REQUEST, Map.of());
    }

    /** An event written as its name and its data. */
    @Override
    protected WireEvent event(String written) {
        String[] parts = written.split(" ", 2);
        return named(parts[0], parts[1]);
    }

    static CompletionRequestBuilder request() {
        return REQUEST.toBuilder();
    }

    final Completion decode(String blocks, String reason) {
        return decode("{\"output\":{\"message\":{\"content\":[" + blocks + "]}},\"stopReason\":\"" + reason + "\","
                + "\"usage\":{\"inputTokens\":7,\"outputTokens\":4,\"cacheReadInputTokens\":300,"
                + "\"cacheReadInputTokenCount\":300,\"cacheWriteInputTokens\":20}}");
    }

    static Message message(Role role, String text, Map<String, Object> extra) {
        return new Message(role, List.of(Content.text(text)), List.of(), role == Role.TOOL ? "t-1" : null, null, extra);
    }

    static String delta(int index, String delta) {
        return "contentBlockDelta {\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}";
    }
}
