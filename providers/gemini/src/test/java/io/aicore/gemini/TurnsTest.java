package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.codec.json.JsonFields;
import io.aicore.llm.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The turns of a conversation, as they go back. */
class TurnsTest extends Fixtures {

    private static final String SIGNED_CALL =
            "{'functionCall':{'name':'weather','args':{'city':'Rome'}},'thoughtSignature':'c2lnbg=='}";

    @Test
    void aSignedCallGoesBackInTheSamePart() {
        Completion answer = decode(answer(SIGNED_CALL, "STOP"));
        CompletionRequest next = request()
                .message(answer.message())
                .message(Message.tool(answer.toolCalls().get(0).id(), json("{'degrees':15}")))
                .build();

        assertContents(
                next,
                "{'role':'user','parts':[{'text':'hello'}]}",
                "{'role':'model','parts':[" + SIGNED_CALL + "]}",
                "{'role':'user','parts':[{'functionResponse':{'name':'weather','response':{'degrees':15}}}]}");
    }

    @Test
    void signedPartsOfAStreamStayApartAndPlainOnesAreJoined() {
        Completion answer = stream(
                answer("{'text':'think','thought':true}", ""),
                answer("{'text':'Pa'}", ""),
                answer("{'text':'ris'}", ""),
                answer("{'text':'.','thoughtSignature':'cw=='}", ""),
                answer("{'text':'','thoughtSignature':'eg=='}", "STOP"));

        assertThat(answer.text()).isEqualTo("Paris.");
        assertContents(
                request().message(answer.message()).build(),
                "{'role':'user','parts':[{'text':'hello'}]}",
                "{'role':'model','parts':[{'text':'think','thought':true},{'text':'Paris'},"
                        + "{'text':'.','thoughtSignature':'cw=='},{'text':'','thoughtSignature':'eg=='}]}");
    }

    @Test
    void aTurnThatWasChangedIsWrittenAnew() {
        Completion answer = decode(answer("{'text':'Paris','thoughtSignature':'cw=='}", "STOP"));
        Message changed = Message.assistant("Rome").extra(answer.message().extra());

        assertContents(
                request().message(changed).build(),
                "{'role':'user','parts':[{'text':'hello'}]}",
                "{'role':'model','parts':[{'text':'Rome'}]}");
    }

    @Test
    void aTurnOfAnotherProviderIsWrittenWithoutIds() {
        Message foreign = Message.assistant("Looking.")
                .toolCalls(
                        List.of(new ToolCall("call_x", "weather", ""), new ToolCall("call_y", "weather", "{\"a\":1}")))
                .extra(Map.of("reasoning_details", List.of()));

        assertContents(
                request()
                        .message(foreign)
                        .message(Message.tool("call_y", "sunny"))
                        .message(Message.tool("call_x", "{\"a\":1} and more"))
                        .build(),
                "{'role':'user','parts':[{'text':'hello'}]}",
                "{'role':'model','parts':[{'text':'Looking.'},{'functionCall':{'name':'weather','args':{}}},"
                        + "{'functionCall':{'name':'weather','args':{'a':1}}}]}",
                // In the order of the calls, in one turn: without ids they are matched so.
                "{'role':'user','parts':[{'functionResponse':{'name':'weather','response':{'output':'{\\'a\\':1} and more'}}},"
                        + "{'functionResponse':{'name':'weather','response':{'output':'sunny'}}}]}");
    }

    @Test
    void anIdOfTheProvidersIsGivenBack() {
        Completion answer = decode(answer("{'functionCall':{'id':'fc-1','name':'weather','args':{}}}", "STOP"));

        JsonFields contents = encode(request().message(answer.message()).message(Message.tool("fc-1", "ok")))
                .at("contents");

        assertThat(contents.at(1).at("parts").at(0).at("functionCall").at("id").text())
                .isEqualTo("fc-1");
        assertJson(
                contents.at(2).at("parts").at(0).at("functionResponse"),
                "{'id':'fc-1','name':'weather','response':{'output':'ok'}}");
    }

    @Test
    void resultsBelongToTheTurnBefore() {
        List<Message> turns = new ArrayList<>(List.of(Message.user("hello")));
        for (String name : List.of("first", "second")) {
            turns.add(Message.calls(new ToolCall("call_0", name, "{}")));
            turns.add(Message.tool("call_0", "ok"));
        }
        JsonFields contents =
                encode(CompletionRequest.builder().model("m").messages(turns)).at("contents");

        assertThat(contents.at(2)
                        .at("parts")
                        .at(0)
                        .at("functionResponse")
                        .at("name")
                        .text())
                .isEqualTo("first");
        assertThat(contents.at(4)
                        .at("parts")
                        .at(0)
                        .at("functionResponse")
                        .at("name")
                        .text())
                .isEqualTo("second");
    }

    @Test
    void aResultThatAnswersNothingIsRefused() {
        CompletionRequest request =
                request().message(Message.tool("nobody", "private")).build();

        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> codec().encode(request, false)))
                .hasMessageContaining("answers no call")
                .hasMessageNotContaining("private");
    }
}
