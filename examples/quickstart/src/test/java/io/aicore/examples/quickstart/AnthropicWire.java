package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's Messages API. */
final class AnthropicWire extends Wire {

    private static final String START = "{'type':'message_start','message':{'id':'msg_1','type':'message',"
            + "'role':'assistant','model':'scripted-1','content':[],'stop_reason':null,"
            + "'usage':{'input_tokens':5,'output_tokens':1}}}";

    AnthropicWire() {
        super("anthropic");
    }

    @Override
    Reply rateLimited(String seconds) {
        return error(429, "rate_limit_error", "Slow down").header("retry-after", seconds);
    }

    @Override
    Reply overloaded() {
        return error(overloadedStatus(), "overloaded_error", "Overloaded");
    }

    @Override
    int overloadedStatus() {
        return 529;
    }

    @Override
    Reply spent() {
        return error(400, "invalid_request_error", "Your credit balance is too low to access the Anthropic API.");
    }

    @Override
    Reply wrongKey() {
        return error(401, "authentication_error", "invalid x-api-key");
    }

    @Override
    Reply answer(String text) {
        return Reply.json(
                200,
                json("{'id':'msg_1','type':'message','role':'assistant','model':'scripted-1','content':[{'type':'text',"
                        + "'text':'" + text + "'}],'stop_reason':'end_turn','usage':{'input_tokens':5,"
                        + "'output_tokens':4}}"));
    }

    @Override
    Reply stream(String... pieces) {
        List<String> events = new ArrayList<>();
        events.add(event("message_start", START));
        events.add(event(
                "content_block_start",
                "{'type':'content_block_start','index':0,'content_block':{'type':'text','text':''}}"));
        events.add(event("ping", "{'type':'ping'}"));
        for (String piece : pieces) {
            events.add(event(
                    "content_block_delta",
                    "{'type':'content_block_delta','index':0,'delta':{'type':'text_delta','text':'" + piece + "'}}"));
        }
        events.add(event("content_block_stop", "{'type':'content_block_stop','index':0}"));
        events.add(event(
                "message_delta",
                "{'type':'message_delta','delta':{'stop_reason':'end_turn'},'usage':{'output_tokens':4}}"));
        events.add(event("message_stop", "{'type':'message_stop'}"));
        return Reply.pieces(200, "text/event-stream", events);
    }

    @Override
    Reply cutStream() {
        return Reply.pieces(200, "text/event-stream", List.of(event("message_start", START)))
                .thenCut();
    }

    private static Reply error(int status, String type, String message) {
        return Reply.json(
                status,
                json("{'type':'error','error':{'type':'" + type + "','message':'" + message
                        + "'},'request_id':'req_1'}"));
    }
}
