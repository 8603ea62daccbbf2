package io.aicore.openai;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.codec.JsonEndpoint;
import io.aicore.testkit.CodecBench;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What the tests of the Responses API share: items and answers written as they come, with ' for ". */
abstract class ResponsesBench extends CodecBench {

    static final ResponsesCodec CODEC = codec(ResponsesDialect.OPENAI);
    static final CompletionRequest REQUEST =
            CompletionRequest.builder().model("gpt-4o").user("hello").build();
    static final String MESSAGE =
            "{'id':'msg-1','type':'message','role':'assistant','content':[{'type':'output_text','text':'%s'}]}";
    static final String THOUGHTS = "{'id':'rs-1','type':'reasoning','summary':[{'type':'summary_text','text':'One.'},"
            + "{'type':'summary_text','text':'Two.'}],'encrypted_content':'sealed'}";
    static final String CALL =
            "{'id':'fc-1','type':'function_call','call_id':'call-1','name':'weather','arguments':'{}'}";
    static final String SEARCH =
            "{'type':'custom_tool_call','call_id':'xs-1','name':'x_search','input':'{}','id':'ctc-1','status':'completed'}";

    ResponsesBench() {
        super(CODEC, REQUEST, Map.of("x-request-id", "req-7"));
    }

    @Override
    protected String wire(String written) {
        return json(written);
    }

    static ResponsesCodec codec(ResponsesDialect dialect) {
        return new ResponsesCodec(
                JsonEndpoint.of("openai", "/responses", Map.of("authorization", "Bearer k-1")),
                dialect,
                Dialect.OPENAI);
    }

    static String json(String quotes) {
        return quotes.replace('\'', '"');
    }

    static String whole(String status, String more, String... items) {
        return json("{'id':'resp-1','object':'response','status':'" + status + "','error':null,'model':'m-1-dated',"
                + more + "'output':[" + String.join(",", items) + "]}");
    }

    final Completion answer(String... items) {
        return decode(whole("completed", "", items));
    }

    static CompletionRequestBuilder ask() {
        return CompletionRequest.builder().model("gpt-4o");
    }

    static String body(CompletionRequest request) {
        return new String(CODEC.encode(request, false).body(), StandardCharsets.UTF_8);
    }
}
