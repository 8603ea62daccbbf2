package io.aicore.openai;

import static io.aicore.testkit.ReplyWriter.quoted;

import io.aicore.llm.LlmConfigBuilder;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.ToolCall;
import io.aicore.llm.chat.Usage;
import io.aicore.llm.codec.wire.WireEvent;
import io.aicore.llm.error.ErrorCategory;
import io.aicore.testkit.ErrorForm;
import io.aicore.testkit.Reply;
import io.aicore.testkit.RequestReader;
import io.aicore.testkit.StreamError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Responses API as the kit wants to know it. Errors under an error's status are those of chat completions. */
final class ResponsesFixture extends OpenAiFixture {

    @Override
    public LlmConfigBuilder config(URI server) {
        return super.config(server).option("api", "responses");
    }

    @Override
    public String path(boolean stream) {
        return "/v1/responses";
    }

    @Override
    public Map<FinishReason, String> finishReasons() {
        return Map.of(
                FinishReason.STOP, "completed",
                FinishReason.TOOL_CALLS, "completed",
                FinishReason.LENGTH, "max_output_tokens",
                FinishReason.CONTENT_FILTER, "content_filter");
    }

    @Override
    public String plain(Reply reply) {
        return response(reply, String.join(",", items(reply)));
    }

    @Override
    public int spareEvents() {
        return 0;
    }

    @Override
    public List<WireEvent> stream(Reply reply) {
        Events events = new Events();
        events.response("response.created", response("in_progress", "null", "", "null"));
        events.response("response.in_progress", response("in_progress", "null", "", "null"));
        List<String> items = items(reply);
        int place = 0;
        if (!reply.thoughts().isEmpty()) {
            String about = "\"item_id\":\"rs-1\",\"output_index\":0,\"summary_index\":0,";
            events.item(
                    "added",
                    place,
                    "{\"id\":\"rs-1\",\"type\":\"reasoning\",\"encrypted_content\":\"begun\",\"summary\":[]}");
            reply.thoughts()
                    .forEach(piece ->
                            events.add("response.reasoning_summary_text.delta", about + "\"delta\":" + quoted(piece)));
            events.add("response.reasoning_summary_text.done", about + "\"text\":" + quoted(reply.reasoning()));
            events.item("done", place, items.get(place++));
        }
        if (!reply.pieces().isEmpty()) {
            String about = "\"item_id\":\"msg-1\",\"output_index\":" + place + ",\"content_index\":0,";
            events.item(
                    "added", place, "{\"id\":\"msg-1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[]}");
            events.add(
                    "response.content_part.added",
                    about + "\"part\":{\"type\":\"output_text\",\"annotations\":[],\"text\":\"\"}");
            reply.pieces()
                    .forEach(piece -> events.add("response.output_text.delta", about + "\"delta\":" + quoted(piece)));
            events.add("response.output_text.done", about + "\"text\":" + quoted(reply.text()));
            events.item("done", place, items.get(place++));
        }
        for (ToolCall call : reply.calls()) {
            String about = "\"item_id\":\"fc-" + place + "\",\"output_index\":" + place + ",";
            int middle = call.arguments().length() / 2;
            events.item("added", place, item(call, "", place));
            events.add(
                    "response.function_call_arguments.delta",
                    about + "\"delta\":" + quoted(call.arguments().substring(0, middle)));
            events.add(
                    "response.function_call_arguments.delta",
                    about + "\"delta\":" + quoted(call.arguments().substring(middle)));
            events.add("response.function_call_arguments.done", about + "\"arguments\":" + quoted(call.arguments()));
            events.item("done", place, items.get(place++));
        }
        boolean completed = finishReasons().get(reply.finish()).equals("completed");
        events.response(
                completed ? "response.completed" : "response.incomplete", response(reply, String.join(",", items)));
        return events.all;
    }

    private static List<String> items(Reply reply) {
        List<String> items = new ArrayList<>();
        if (!reply.thoughts().isEmpty()) {
            items.add("{\"id\":\"rs-1\",\"type\":\"reasoning\",\"encrypted_content\":\"sealed\",\"summary\":["
                    + "{\"type\":\"summary_text\",\"text\":" + quoted(reply.reasoning()) + "}]}");
        }
        if (!reply.pieces().isEmpty()) {
            items.add(
                    "{\"id\":\"msg-1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":["
                            + "{\"type\":\"output_text\",\"annotations\":[],\"text\":" + quoted(reply.text()) + "}]}");
        }
        for (ToolCall call : reply.calls()) {
            items.add(item(call, call.arguments(), items.size()));
        }
        return items;
    }

    private static String item(ToolCall call, String arguments, int place) {
        return "{\"id\":\"fc-" + place + "\",\"type\":\"function_call\",\"call_id\":\"" + call.id() + "\",\"name\":\""
                + call.name() + "\",\"arguments\":" + quoted(arguments) + "}";
    }

    private String response(Reply reply, String items) {
        String word = finishReasons().get(reply.finish());
        return word.equals("completed")
                ? response(word, "null", items, usage(reply.usage()))
                : response("incomplete", "{\"reason\":\"" + word + "\"}", items, usage(reply.usage()));
    }

    private static String response(String status, String incomplete, String items, String usage) {
        return "{\"id\":\"" + Reply.ID + "\",\"object\":\"response\",\"status\":\"" + status
                + "\",\"background\":false,\"error\":null,\"incomplete_details\":" + incomplete + ",\"model\":\""
                + Reply.MODEL + "\",\"output\":[" + items + "],\"store\":false,\"usage\":" + usage + "}";
    }

    private static String usage(Usage usage) {
        return "{\"input_tokens\":" + usage.inputTokens() + ",\"input_tokens_details\":{\"cached_tokens\":0},"
                + "\"output_tokens\":" + usage.outputTokens() + ",\"output_tokens_details\":{\"reasoning_tokens\":"
                + usage.reasoningTokens() + "},\"total_tokens\":" + usage.totalTokens() + "}";
    }

    static String failed(String code, String message) {
        return "{\"id\":\"" + Reply.ID + "\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\""
                + code
                + "\",\"message\":" + quoted(message)
                + "},\"instructions\":\"insufficient_quota, rate limit, content filter\",\"output\":[],\"usage\":null}";
    }

    private static StreamError failedStream(String code, ErrorCategory category, boolean passing) {
        WireEvent event = new WireEvent(
                "response.failed",
                "{\"type\":\"response.failed\",\"sequence_number\":9,\"response\":" + failed(code, "no") + "}");
        return passing ? StreamError.passing(event, category) : StreamError.lasting(event, category);
    }

    @Override
    public List<ErrorForm> errorsInsideSuccess() {
        return List.of(
                ErrorForm.of(200, failed("server_error", "The model failed."), ErrorCategory.SERVER_ERROR),
                ErrorForm.of(200, failed("rate_limit_exceeded", "Slow down."), ErrorCategory.RATE_LIMITED),
                ErrorForm.of(200, failed("vector_store_timeout", "Too slow."), ErrorCategory.TIMEOUT),
                ErrorForm.of(200, failed("insufficient_quota", "None left."), ErrorCategory.QUOTA_EXHAUSTED),
                ErrorForm.of(200, failed("invalid_prompt", "Not this."), ErrorCategory.CONTENT_FILTERED),
                ErrorForm.of(200, failed("image_too_small", "Where?"), ErrorCategory.INVALID_REQUEST),
                ErrorForm.of(
                        200, "{\"code\":\"unavailable\",\"error\":\"Service unavailable\"}", ErrorCategory.OVERLOADED),
                ErrorForm.of(200, "{\"object\":\"response\",\"status\":\"failed\"}", ErrorCategory.SERVER_ERROR),
                ErrorForm.of(
                                200,
                                "{\"object\":\"response\",\"status\":\"queued\",\"output\":[]}",
                                ErrorCategory.MALFORMED_RESPONSE)
                        .notRetryable(),
                ErrorForm.of(
                        200, "{\"object\":\"response\",\"status\":\"completed\"}", ErrorCategory.MALFORMED_RESPONSE));
    }

    @Override
    public List<StreamError> errorsInStream() {
        return List.of(
                failedStream("server_error", ErrorCategory.SERVER_ERROR, true),
                failedStream("rate_limit_exceeded", ErrorCategory.RATE_LIMITED, true),
                failedStream("invalid_prompt", ErrorCategory.CONTENT_FILTERED, false),
                StreamError.passing(
                        new WireEvent(
                                "error",
                                "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"no\",\"param\":null,"
                                        + "\"sequence_number\":2}"),
                        ErrorCategory.SERVER_ERROR),
                StreamError.lasting(
                        new WireEvent(
                                "error",
                                "{\"type\":\"error\",\"sequence_number\":2,\"error\":{\"type\":\"insufficient_quota\","
                                        + "\"code\":\"insufficient_quota\",\"message\":\"no\",\"param\":null}}"),
                        ErrorCategory.QUOTA_EXHAUSTED));
    }

    @Override
    public RequestReader requests() {
        return new ResponsesRequests();
    }

    /** Events with their numbers. */
    private static final class Events {
        private final List<WireEvent> all = new ArrayList<>();

        void add(String type, String members) {
            all.add(new WireEvent(
                    type, "{\"type\":\"" + type + "\"," + members + ",\"sequence_number\":" + all.size() + "}"));
        }

        void response(String type, String response) {
            add(type, "\"response\":" + response);
        }

        void item(String what, int place, String item) {
            add("response.output_item." + what, "\"output_index\":" + place + ",\"item\":" + item);
        }
    }
}
