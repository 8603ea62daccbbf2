package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No field of a request is left out without a word: it is sent, or named in the answer's warnings, or refused by name. */
interface FieldClaims extends Claims {

    /**
     * What is asked.
     *
     * @param word what a warning or a refusal names it by
     * @param base the request without it
     * @param with the same with it
     */
    record Wish(
            String word, UnaryOperator<CompletionRequestBuilder> base, UnaryOperator<CompletionRequestBuilder> with) {}

    @TestFactory
    default Stream<DynamicTest> aFieldIsSentOrNamed() {
        return wishes().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> assertHeard(row.getValue())));
    }

    @Test
    default void twoEffortsAreSentAsTheSameOnlyWithAWarning() {
        Map<ReasoningEffort, String> sent = new EnumMap<>(ReasoningEffort.class);
        for (ReasoningEffort effort : ReasoningEffort.values()) {
            Outcome outcome =
                    outcome(request().toBuilder().reasoningEffort(effort).build());
            if (!outcome.names("effort")) {
                sent.put(effort, outcome.body());
            }
        }
        assertThat(sent.values()).doesNotHaveDuplicates();
        assertThat(sent.values()).doesNotContain(outcome(request()).body());
    }

    private Map<String, Wish> wishes() {
        Tool loose = new Tool("weather", "w", Map.of("type", "object", "properties", Map.of()), false);
        Tool strict = new Tool(loose.name(), loose.description(), loose.parameters(), true);
        Content.Image image = Content.image(new byte[] {1, 2, 3}, "image/png");
        Content.File file = Content.file(new byte[] {1, 2, 3}, "application/pdf");
        UnaryOperator<CompletionRequestBuilder> none = UnaryOperator.identity();
        UnaryOperator<CompletionRequestBuilder> tools = asked -> asked.tools(loose);
        ToolCall call = new ToolCall("call-1", "weather", "{}");
        Message calling = Message.calls(call);
        UnaryOperator<CompletionRequestBuilder> called =
                asked -> asked.tools(loose).message(calling);
        Map<String, Wish> wishes = new LinkedHashMap<>();
        wishes.put("temperature", new Wish("temperature", none, asked -> asked.temperature(0.25)));
        wishes.put("topP", new Wish("topP", none, asked -> asked.topP(0.75)));
        wishes.put("maxTokens", new Wish("maxTokens", none, asked -> asked.maxTokens(77)));
        wishes.put("stop", new Wish("stop", none, asked -> asked.stop("END!")));
        wishes.put("seed", new Wish("seed", none, asked -> asked.seed(4711L)));
        wishes.put("tools", new Wish("tool", none, tools));
        wishes.put("strict", new Wish("strict", tools, asked -> asked.tools(strict)));
        wishes.put("required", choice(tools, ToolChoice.required()));
        wishes.put("named", choice(tools, ToolChoice.named("weather")));
        wishes.put("no tool", choice(tools, ToolChoice.none()));
        wishes.put("required without tools", choice(none, ToolChoice.required()));
        wishes.put(
                "one call only",
                new Wish("parallel", tools, asked -> asked.tools(loose).parallelToolCalls(false)));
        wishes.put("json", new Wish("format", none, asked -> asked.responseFormat(ResponseFormat.json())));
        wishes.put(
                "schema",
                new Wish(
                        "format",
                        none,
                        asked ->
                                asked.responseFormat(ResponseFormat.jsonSchema("city", ToolClaims.schema("capital")))));
        wishes.put("detail", said("detail", image, image.detail("low")));
        wishes.put("file name", said("file", file, file.name("report")));
        wishes.put("image of the system", instead("image", Role.SYSTEM, image));
        wishes.put("file of the system", instead("file", Role.SYSTEM, file));
        wishes.put(
                "result",
                new Wish("result", called, asked -> called.apply(asked).message(result("sunny"))));
        wishes.put(
                "image of a result",
                new Wish(
                        "image",
                        asked -> called.apply(asked).message(result("sunny")),
                        asked -> called.apply(asked).message(Message.tool(call.id(), Content.text("sunny"), image))));
        for (String field : List.of(
                "cache_control", "cachePoint", "x_made_up", "is_error", "status", "name", "prefix", "documents")) {
            wishes.put(
                    "user's " + field,
                    new Wish(
                            field,
                            asked -> asked.message(Message.user("extra")),
                            asked -> asked.message(marked(Role.USER, field))));
        }
        return wishes;
    }

    private static Wish choice(UnaryOperator<CompletionRequestBuilder> base, ToolChoice choice) {
        return new Wish("choice", base, asked -> base.apply(asked).toolChoice(choice));
    }

    private static Wish said(String word, Content plain, Content more) {
        return new Wish(
                word,
                asked -> asked.message(Message.user(Content.text("look"), plain)),
                asked -> asked.message(Message.user(Content.text("look"), more)));
    }

    private static Wish instead(String word, Role role, Content content) {
        return new Wish(
                word,
                asked -> asked.message(message(role, Map.of(), Content.text("look"))),
                asked -> asked.message(message(role, Map.of(), Content.text("look"), content)));
    }

    private static Message marked(Role role, String field) {
        return message(role, Map.of(field, Map.of("type", "ephemeral")), Content.text("extra"));
    }

    private static Message message(Role role, Map<String, Object> extra, Content... content) {
        return new Message(role, List.of(content), List.of(), null, null, extra);
    }

    private static Message result(String text) {
        return Message.tool("call-1", text);
    }

    private void assertHeard(Wish wish) {
        Outcome without = outcome(wish.base().apply(request().toBuilder()).build());
        Outcome with = outcome(wish.with().apply(request().toBuilder()).build());
        if (without.body().isEmpty()) {
            assertThat(with.body()).as("what is refused without it").isEmpty();
            return;
        }
        boolean sent = !with.body().isEmpty() && !with.body().equals(without.body());
        assertThat(sent || with.names(wish.word()))
                .as("sent, warned of or refused as '%s', which was %s, and without it %s", wish.word(), with, without)
                .isTrue();
    }

    /** What became of a request: the body that was sent, empty if none was, and what was said of it. */
    record Outcome(String body, List<String> words) {

        boolean names(String word) {
            return words.stream().anyMatch(each -> each.contains(word));
        }
    }

    private Outcome outcome(CompletionRequest request) {
        rig().server().then(plain(Reply.of("Yes.")));
        int before = rig().server().calls();
        Completion answer;
        try {
            answer = Rig.get(rig().trying().complete(request));
        } catch (InvalidRequestException refused) {
            assertThat(rig().server().calls()).isEqualTo(before);
            return new Outcome("", List.of(String.valueOf(refused.getMessage())));
        }
        byte[] body = rig().server().call(before + 1).body();
        return new Outcome(
                new String(body, StandardCharsets.UTF_8),
                Objects.requireNonNull(answer.provenance()).warnings());
    }
}
