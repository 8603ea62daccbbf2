package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.chat.CompletionFold;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Which call a fragment belongs to. */
class ToolCallFragmentsTest {

    private static final String ULM = "{\"city\":\"Ulm {\\\"} \"}";
    private static final String BONN = "{\"city\":\"Bonn\"}";

    private final ToolCallFragments fragments = new ToolCallFragments();
    private final CompletionFold fold = new CompletionFold();

    private void delta(String... calls) {
        String json = "{\"tool_calls\":[" + String.join(",", calls) + "]}";
        fold.add(CompletionChunk.text("").toolCalls(fragments.of(Json.read(json))));
    }

    /** Arguments are quoted here; what is null is not said. */
    private static String call(@Nullable Integer index, @Nullable String id, @Nullable String name, String arguments) {
        String quoted = JsonFields.of(arguments).raw();
        String head = "{" + (index == null ? "" : "'index':" + index + ",")
                + (id == null ? "" : "'id':'" + id + "',")
                + "'function':{" + (name == null ? "" : "'name':'" + name + "',") + "'arguments':";
        return json(head) + quoted + "}}";
    }

    private static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    private List<ToolCall> calls() {
        fold.add(CompletionChunk.text("").toolCalls(fragments.rest()));
        return fold.completion().toolCalls();
    }

    private void expect(String... namesAndArguments) {
        assertThat(calls().stream().map(call -> call.name() + call.arguments())).containsExactly(namesAndArguments);
    }

    @Example
    void wholeCallsAtOneIndexAreCallsOfTheirOwn() {
        delta(call(0, "", "weather", ULM));
        delta(call(0, "", "weather", BONN));
        expect("weather" + ULM, "weather" + BONN);
    }

    @Example
    void wholeCallsOfOneDeltaAreToo() {
        delta(call(0, null, "weather", ULM), call(0, null, "weather", BONN));
        expect("weather" + ULM, "weather" + BONN);
    }

    @Example
    void withoutIndexesTheirPlaceTells() {
        delta(call(null, null, "weather", ""), call(null, null, "weather", ""));
        delta(call(null, null, null, ULM), call(null, null, null, BONN));
        expect("weather" + ULM, "weather" + BONN);
    }

    @Example
    void anotherNameBeginsACall() {
        delta(call(0, null, "now", ""));
        delta(call(0, null, "weather", ""));
        delta(call(0, null, null, BONN));
        expect("now", "weather" + BONN);
    }

    @Example
    void aSecondCallMayBeAnnouncedWithoutArguments() {
        delta(call(0, null, "weather", ULM));
        delta(call(0, null, "weather", ""));
        delta(call(0, null, null, BONN));
        expect("weather" + ULM, "weather" + BONN);
    }

    @Example
    void aNameThatIsRepeatedInEveryFragmentIsOneCall() {
        delta(call(0, "a", "weather", "{\"city\":"));
        delta(call(0, "a", "weather", "\"Bonn\"}"));
        delta(call(0, "a", "weather", ""));
        expect("weather" + BONN);
    }

    @Example
    void anEmptyObjectBeforeTheArgumentsIsReplaced() {
        delta(call(0, "a", "weather", "{}"));
        delta(call(0, "a", "weather", BONN));
        delta(call(1, "b", "now", "{}"));
        expect("weather" + BONN, "now{}");
    }

    @Example
    void aWholeCallThatIsRepeatedIsOneCall() {
        delta(call(0, "a", "weather", "{\"city\":"));
        delta(call(0, "a", null, "\"Bonn\"}"));
        delta(call(0, "a", "weather", BONN));
        expect("weather" + BONN);
    }

    @Example
    void twoCallsOfOneIdAreTold() {
        delta(call(0, "a", "weather", ULM));
        delta(call(1, "a", "weather", BONN));
        expect("weather" + ULM, "weather" + BONN);
        assertThat(calls().stream().map(ToolCall::id)).doesNotHaveDuplicates();
    }

    @Example
    void anIdThatIsNewInEveryFragmentBeginsNothing() {
        delta(call(0, "a", "weather", ""));
        delta(call(0, "b", null, "{\"city\":"));
        delta(call(0, "c", null, "\"Bonn\"}"));
        assertThat(calls()).containsExactly(new ToolCall("a", "weather", BONN));
    }

    @Example
    void whatIsEmptyIsNoCall() {
        fold.add(CompletionChunk.text("")
                .toolCalls(fragments.of(
                        Json.read("{\"tool_calls\":[{}],\"function_call\":{\"name\":\"\",\"arguments\":\"\"}}"))));
        assertThat(fragments.any()).isFalse();
        expect();
    }

    @Example
    void theTypeDecidesWhoseFieldsCount() {
        delta(json("{'index':0,'id':'a','type':'function','custom':{'name':'','input':''},"
                + "'function':{'name':'weather','arguments':'{}'}}"));
        delta(json("{'index':1,'id':'b','type':'custom','custom':{'name':'sql','input':'select'},"
                + "'function':{'name':''}}"));
        delta(json("{'index':1,'custom':{'input':' 1'}}"));
        expect("weather{}", "sqlselect 1");
    }

    /** Ways to number calls, and how their fragments are cut. */
    enum Numbering {
        BY_THE_PROTOCOL,
        ALL_ZERO_WITH_IDS,
        ALL_ZERO,
        NONE,
        NONE_WITH_IDS
    }

    @Property(tries = 500)
    void howeverTheyAreCutTheCallsAreTheSame(
            @ForAll Numbering numbering,
            @ForAll("arguments") List<String> arguments,
            @ForAll @IntRange(min = 1, max = 9) int size,
            @ForAll boolean repeatsTheName) {
        ToolCallFragmentsTest stream = new ToolCallFragmentsTest();
        for (int i = 0; i < arguments.size(); i++) {
            boolean none = numbering == Numbering.NONE || numbering == Numbering.NONE_WITH_IDS;
            boolean noId = numbering == Numbering.NONE || numbering == Numbering.ALL_ZERO;
            Integer index = none ? null : numbering == Numbering.BY_THE_PROTOCOL ? i : 0;
            String id = noId ? null : "id" + i;
            String all = arguments.get(i);
            String first = all.substring(0, Math.min(size, all.length()));
            stream.delta(call(index, id, "weather", first));
            for (int at = first.length(); at < all.length(); at += size) {
                String piece = all.substring(at, Math.min(all.length(), at + size));
                stream.delta(call(index, null, repeatsTheName ? "weather" : null, piece));
            }
        }
        assertThat(stream.calls().stream().map(ToolCall::arguments)).isEqualTo(arguments);
        assertThat(stream.calls().stream().map(ToolCall::id)).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<String>> arguments() {
        return Arbitraries.strings()
                .withChars("{}[]\"\\a, ")
                .ofMaxLength(12)
                .map(text -> new String(Json.write(Map.of("b", text)), StandardCharsets.UTF_8))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }
}
