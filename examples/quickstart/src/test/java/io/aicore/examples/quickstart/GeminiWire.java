package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;
import java.util.ArrayList;
import java.util.List;

/** Google's generateContent: delays in the body, streams with CRLF that end with the connection. */
final class GeminiWire extends Wire {

    private static final String TYPE = "'@type':'type.googleapis.com/google.rpc.";
    private static final String USAGE = "'usageMetadata':{'promptTokenCount':5,'candidatesTokenCount':4}";

    GeminiWire() {
        super("gemini");
    }

    @Override
    Reply rateLimited(String seconds) {
        String perMinute = quota("GenerateRequestsPerMinutePerProjectPerModel");
        String retryAfter = "{" + TYPE + "RetryInfo','retryDelay':'" + seconds + "s'}";
        return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", perMinute + "," + retryAfter);
    }

    @Override
    Reply overloaded() {
        return error(503, "UNAVAILABLE", "The model is overloaded.", "");
    }

    @Override
    Reply spent() {
        String perDay = quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier");
        return error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota.", perDay);
    }

    @Override
    Reply wrongKey() {
        String reason = "{" + TYPE + "ErrorInfo','reason':'API_KEY_INVALID','domain':'googleapis.com'}";
        return error(400, "INVALID_ARGUMENT", "API key not valid.", reason);
    }

    @Override
    Reply answer(String text) {
        return Reply.json(200, answer("[{'text':'" + text + "'}]", true));
    }

    @Override
    Reply stream(String... pieces) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < pieces.length; i++) {
            events.add(event(answer("[{'text':'" + pieces[i] + "'}]", i == pieces.length - 1)));
        }
        return Reply.pieces(200, "text/event-stream", events);
    }

    @Override
    Reply cutStream() {
        return Reply.pieces(200, "text/event-stream", List.of(event(answer("[]", false))))
                .thenCut();
    }

    private static String answer(String parts, boolean last) {
        return json("{'candidates':[{'content':{'role':'model','parts':" + parts + "}"
                + (last ? ",'finishReason':'STOP'" : "") + ",'index':0}]," + USAGE
                + ",'modelVersion':'scripted-1','responseId':'r-1'}");
    }

    private static String event(String data) {
        return "data: " + data + "\r\n\r\n";
    }

    private static String quota(String id) {
        return "{" + TYPE + "QuotaFailure','violations':[{'quotaMetric':'requests','quotaId':'" + id
                + "','quotaValue':'20'}]}";
    }

    private static Reply error(int status, String name, String message, String details) {
        return Reply.json(
                status,
                json("{'error':{'code':" + status + ",'message':'" + message + "','status':'" + name + "','details':["
                        + details + "]}}"));
    }
}
