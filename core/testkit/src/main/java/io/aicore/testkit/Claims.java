package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testserver.Script;
import io.aicore.testserver.Scripts;
import java.util.ArrayList;
import java.util.List;

/** What all parts of the kit share. */
interface Claims {

    /** A prompt that no reply and no error of the fixtures quotes. */
    String PROMPT = "Wie heißt die Hauptstadt von 日本? 🗾";

    ToolCall WEATHER = new ToolCall("call-1", "weather", "{\"city\":\"Zürich\",\"days\":2}");
    ToolCall TIME = new ToolCall("call-2", "time", "{\"zone\":\"Asia/Tokyo\"}");

    ProviderFixture fixture();

    /** The server and the providers of this test. */
    Rig rig();

    default boolean can(Capability capability) {
        return fixture().capabilities().contains(capability);
    }

    default CompletionRequest request() {
        return CompletionRequest.of(PROMPT);
    }

    default Script plain(Reply reply) {
        return Scripts.json(200, fixture().plain(reply));
    }

    default Script stream(Reply reply) {
        return rig().stream(fixture().stream(reply));
    }

    default Script error(ErrorForm form) {
        return Scripts.json(form.status(), form.body(), form.headers().toArray(String[]::new));
    }

    /** An answer with all that this provider can say. */
    default Reply everything() {
        Reply reply = Reply.of("Grüße, ", "世界 ", "🌍");
        if (can(Capability.TOOLS)) {
            reply = reply.calls(WEATHER, TIME);
        }
        return fixture().showsReasoning() ? reply.thoughts("Hm, ", "äh") : reply;
    }

    /** The shortest answer with all that this provider can say. */
    default Reply briefly() {
        Reply reply = Reply.of("ü", "🌍");
        if (can(Capability.TOOLS)) {
            reply = reply.calls(TIME);
        }
        return fixture().showsReasoning() ? reply.thoughts("é") : reply;
    }

    /** A failure that the provider reports and that may pass. */
    default ErrorForm passing() {
        return fixture().errors().stream()
                .filter(form -> form.retryable() && form.delay() == null)
                .findFirst()
                .orElseThrow();
    }

    default JsonFields sent(int call) {
        return Json.read(rig().server().call(call).body());
    }

    /** That this is the reply, read whole. */
    default void assertReads(Completion completion, Reply reply) {
        assertReads(completion, reply, true);
    }

    default void assertReads(Completion completion, Reply reply, boolean usage) {
        assertThat(completion.text()).isEqualTo(reply.text());
        assertThat(completion.reasoning()).isEqualTo(reply.thoughts().isEmpty() ? null : reply.reasoning());
        assertThat(completion.refusal()).isNull();
        assertSame(completion.toolCalls(), reply.calls());
        assertThat(completion.toolCalls())
                .extracting(ToolCall::id)
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(completion.finishReason()).isEqualTo(reply.finish());
        assertThat(completion.rawFinishReason())
                .isEqualTo(fixture().finishReasons().get(reply.finish()));
        assertThat(completion.id()).isEqualTo(fixture().id());
        assertThat(completion.model()).isEqualTo(fixture().servedBy());
        assertThat(completion.usage()).isEqualTo(usage ? fixture().usage(reply) : null);
    }

    /** That these are the same calls: the arguments as JSON, the ids where there are any. */
    default void assertSame(List<ToolCall> calls, List<ToolCall> expected) {
        assertThat(normal(calls)).isEqualTo(normal(expected));
    }

    private List<Object> normal(List<ToolCall> calls) {
        List<Object> normal = new ArrayList<>();
        for (ToolCall call : calls) {
            normal.add(List.of(
                    fixture().callsHaveIds() ? call.id() : "",
                    call.name(),
                    Json.read(call.arguments()).plain()));
        }
        return normal;
    }
}
