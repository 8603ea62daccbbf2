package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;
import java.util.ArrayList;
import java.util.List;

/** Cohere's chat, version 2. */
final class CohereWire extends Wire {

    private static final String USAGE = "'usage':{'billed_units':{'input_tokens':5,'output_tokens':4},"
            + "'tokens':{'input_tokens':9,'output_tokens':4}}";
    private static final String START = event(
            "message-start",
            "{'id':'c-1','type':'message-start','delta':{'message':{'role':'assistant','content':[]}}}");

    CohereWire() {
        super("cohere");
    }

    @Override
    Reply rateLimited(String seconds) {
        return error(429, "You are sending requests too fast.").header("retry-after", seconds);
    }

    @Override
    Reply overloaded() {
        return error(503, "The service is overloaded.");
    }

    @Override
    Reply spent() {
        return error(402, "Please add a payment method to continue.");
    }

    @Override
    Reply wrongKey() {
        return error(401, "invalid api token");
    }

    @Override
    Reply answer(String text) {
        return Reply.json(
                200,
                json("{'id':'c-1','message':{'role':'assistant','content':[{'type':'text','text':'" + text
                        + "'}]},'finish_reason':'COMPLETE'," + USAGE + "}"));
    }

    @Override
    Reply stream(String... pieces) {
        List<String> events = new ArrayList<>();
        events.add(START);
        events.add(content("content-start", "'type':'text','text':''"));
        for (String piece : pieces) {
            events.add(content("content-delta", "'text':'" + piece + "'"));
        }
        events.add(event("content-end", "{'type':'content-end','index':0}"));
        events.add(event("message-end", "{'type':'message-end','delta':{'finish_reason':'COMPLETE'," + USAGE + "}}"));
        events.add("data: [DONE]\n\n");
        return Reply.pieces(200, "text/event-stream", events);
    }

    @Override
    Reply cutStream() {
        return Reply.pieces(200, "text/event-stream", List.of(START)).thenCut();
    }

    private static String content(String type, String content) {
        return event(type, "{'type':'" + type + "','index':0,'delta':{'message':{'content':{" + content + "}}}}");
    }

    private static Reply error(int status, String message) {
        return Reply.json(status, json("{'id':'c-1','message':'" + message + "'}"));
    }
}
