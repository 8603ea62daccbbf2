package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.testkit.RequestReader.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tools: declared, called, answered. */
interface ToolClaims extends LackingClaims {

    Tool WEATHER_TOOL = Tool.of("weather", "The weather of a city", schema("city", "days"));
    Tool TIME_TOOL = Tool.of("time", "The time of a zone", schema("zone"));

    /** An object whose first property is a string and the others numbers, all required. */
    static Map<String, Object> schema(String... properties) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String property : properties) {
            fields.put(property, Map.of("type", fields.isEmpty() ? "string" : "integer"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", fields);
        schema.put("required", List.of(properties));
        schema.put("additionalProperties", false);
        return schema;
    }

    private CompletionRequest asking() {
        return CompletionRequest.builder()
                .user(PROMPT)
                .tools(WEATHER_TOOL, TIME_TOOL)
                .build();
    }

    @Test
    default void toolsAreDeclaredOrRefused() {
        if (!can(Capability.TOOLS)) {
            assertLacking(Capability.TOOLS, asking());
            return;
        }
        rig().server().then(plain(Reply.of("No need.")));

        Rig.get(rig().retrying().complete(asking()));

        assertThat(fixture().requests().tools(sent(1)))
                .extracting(Tool::name, Tool::description, Tool::parameters)
                .containsExactly(
                        tuple("weather", "The weather of a city", WEATHER_TOOL.parameters()),
                        tuple("time", "The time of a zone", TIME_TOOL.parameters()));
    }

    @Test
    default void hostedToolsGoOutBesideOurs() {
        Map<String, Object> hosted = Map.of("x_hosted_search", Map.of("places", List.of("web", 3)));
        CompletionRequest both = asking().toBuilder().hostedTool(hosted).build();
        CompletionRequest alone = request().toBuilder().hostedTool(hosted).build();
        if (!can(Capability.TOOLS)) {
            assertLacking(Capability.TOOLS, alone);
            return;
        }
        rig().server().always(plain(Reply.of("No need.")));

        Rig.get(rig().retrying().complete(both));
        Rig.get(rig().retrying().complete(alone));

        assertThat(holds(sent(1), hosted)).isTrue();
        assertThat(holds(sent(1), "weather")).isTrue();
        assertThat(holds(sent(1), "time")).isTrue();
        assertThat(holds(sent(2), hosted)).isTrue();
        assertThat(holds(sent(2), "weather")).isFalse();
    }

    private static boolean holds(JsonFields node, Object value) {
        return value.equals(node.plain())
                || Stream.concat(node.elements().stream(), node.members().values().stream())
                        .anyMatch(inner -> holds(inner, value));
    }

    @TestFactory
    default Stream<DynamicTest> callsAreRead() {
        return Stream.of(
                        Reply.of().calls(WEATHER),
                        Reply.of("I shall look.").calls(WEATHER),
                        Reply.of().calls(WEATHER, TIME),
                        Reply.of().calls(new ToolCall("call-9", "now", "{}")))
                .filter(reply -> can(Capability.TOOLS))
                .flatMap(reply -> Stream.of(
                        DynamicTest.dynamicTest("plain " + reply, () -> {
                            rig().server().then(plain(reply));
                            assertReads(Rig.get(rig().trying().complete(asking())), reply);
                        }),
                        DynamicTest.dynamicTest("streamed " + reply, () -> {
                            if (can(Capability.STREAMING)) {
                                rig().server().then(stream(reply));
                                assertReads(
                                        Rig.fold(rig().trying().stream(asking())),
                                        reply,
                                        can(Capability.USAGE_IN_STREAMS));
                            }
                        })));
    }

    /** A caller that runs tools itself looks for the name in its request. */
    @Test
    default void aNameWithMoreAroundItIsThatOfTheTool() {
        if (can(Capability.TOOLS)) {
            Reply reply = Reply.of()
                    .calls(
                            new ToolCall("call-1", "functions." + WEATHER.name(), WEATHER.arguments()),
                            new ToolCall("call-2", TIME.name() + "<|channel|>commentary", TIME.arguments()),
                            new ToolCall("call-3", "functions.unheard_of", "{}"));
            List<String> names = List.of("weather", "time", "functions.unheard_of");
            rig().server().then(plain(reply));
            assertThat(Rig.get(rig().trying().complete(asking())).toolCalls())
                    .extracting(ToolCall::name)
                    .isEqualTo(names);
            if (can(Capability.STREAMING)) {
                rig().server().then(stream(reply));
                assertThat(Rig.fold(rig().trying().stream(asking())).toolCalls())
                        .extracting(ToolCall::name)
                        .isEqualTo(names);
            }
        }
    }

    @TestFactory
    default Stream<DynamicTest> resultsGoBackWithTheirCalls() {
        return Stream.of(false, true)
                .filter(streamed -> can(Capability.TOOLS))
                .filter(streamed -> !streamed || can(Capability.STREAMING))
                .map(streamed -> DynamicTest.dynamicTest(streamed ? "streamed" : "plain", () -> goBack(streamed)));
    }

    private void goBack(boolean streamed) {
        int earlier = rig().server().calls();
        Reply reply = everything();
        rig().server().then(streamed ? stream(reply) : plain(reply)).then(plain(Reply.of("Sunny.")));
        var provider = rig().trying();

        Completion asked = streamed ? Rig.fold(provider.stream(asking())) : Rig.get(provider.complete(asking()));
        Completion answered = Rig.get(provider.complete(asking().toBuilder()
                .message(asked.message())
                .message(Message.tool(asked.toolCalls().get(0).id(), "sunny, 21 °C"))
                .message(Message.tool(asked.toolCalls().get(1).id(), "10:15"))
                .build()));

        assertThat(answered.text()).isEqualTo("Sunny.");
        var body = sent(earlier + 2);
        assertThat(fixture().requests().calls(body)).extracting(ToolCall::name).containsExactly("weather", "time");
        assertSame(fixture().requests().calls(body), asked.toolCalls());
        assertThat(fixture().requests().results(body))
                .containsExactly(
                        new ToolResult(fixture().reference(asked.toolCalls().get(0)), "sunny, 21 °C"),
                        new ToolResult(fixture().reference(asked.toolCalls().get(1)), "10:15"));
    }
}
