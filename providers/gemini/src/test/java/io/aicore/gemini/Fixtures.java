package io.aicore.gemini;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.testkit.CodecBench;
import java.util.Map;

/** What the tests of the protocol share: a codec, answers and streams written as they come. */
abstract class Fixtures extends CodecBench {

    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("gemini-3-m").user("hello").build();

    Fixtures() {
        super(codec(), REQUEST, Map.of());
    }

    static WireResponse response(int status, String body) {
        return response(status, Map.of(), body);
    }

    @Override
    protected String wire(String written) {
        return json(written);
    }

    static GeminiCodec codec() {
        return new GeminiCodec(api("gemini"));
    }

    static JsonEndpoint api(String provider) {
        return JsonEndpoint.of(provider, "", Map.of("x-goog-api-key", "k-secret"));
    }

    /** JSON with ' for ". */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** An answer, or an event of a stream, with these parts and, unless it is empty, this reason. */
    static String answer(String parts, String reason) {
        String finish = reason.isEmpty() ? "" : ",'finishReason':'" + reason + "'";
        return json("{'candidates':[{'content':{'role':'model','parts':[" + parts + "]}" + finish
                + ",'index':0}],'usageMetadata':{'promptTokenCount':7,'candidatesTokenCount':3,'thoughtsTokenCount':20,"
                + "'totalTokenCount':30},'modelVersion':'gemini-3-m-001','responseId':'Rq7_a-b'}");
    }

    static String text(String text) {
        return answer("{'text':'" + text + "'}", "");
    }

    static String last(String text) {
        return answer("{'text':'" + text + "'}", "STOP");
    }

    static CompletionRequestBuilder request() {
        return CompletionRequest.builder().model("gemini-3-m").user("hello");
    }

    final void assertContents(CompletionRequest request, String... contents) {
        assertJson(encode(request).at("contents"), "[" + String.join(",", contents) + "]");
    }
}
