package io.aicore.examples.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamErrorTest {

    private static String found(String text) {
        return StreamError.in(Map.of(), text).data();
    }

    @Test
    void isTheFirstEventThatSaysSo() {
        assertThat(found("data: {\"delta\":1}\n\ndata: {\"error\":{\"code\":500}}\n\ndata: [DONE]\n\n"))
                .isEqualTo("{\"error\":{\"code\":500}}");
        assertThat(found("event: response.failed\ndata: {\"response\":{}}\n\n")).isEqualTo("{\"response\":{}}");
        assertThat(found("data: {\"type\":\"error\",\"code\":\"x\"}")).isEqualTo("{\"type\":\"error\",\"code\":\"x\"}");
        assertThat(found("error: {\"code\":1}\r\n\r\n")).isEqualTo("{\"code\":1}");
    }

    @Test
    void mayOnlyBeAFinishReason() {
        String failed = "{\"choices\":[{\"finish_reason\":\"network_error\"}]}";

        assertThat(found("data: {\"choices\":[{\"finish_reason\":null}]}\n\ndata: " + failed + "\n\ndata: [DONE]\n\n"))
                .isEqualTo(failed);
    }

    @Test
    void mayBeJsonWhereEventsWereAskedFor() {
        assertThat(found("{\"code\":\"busy\",\n\"error\":\"full\"}"))
                .isEqualTo("{\"code\":\"busy\",\n\"error\":\"full\"}");
        assertThat(found("{\"response\":\"a\"}\n{\"error\":\"gone\"}\n")).isEqualTo("{\"error\":\"gone\"}");
        assertThat(found("data: {\"delta\":1}\n\n{\"error\":\"gone\"}\n")).isEqualTo("{\"error\":\"gone\"}");
    }

    @Test
    void ofAnAwsFrameHasTheNameOfItsException() {
        StreamError error = StreamError.in(
                Map.of("content-type", "application/vnd.amazon.eventstream"),
                "{\":message-type\":\"exception\",\":exception-type\":\"throttlingException\"}\n{\"message\":\"slow\"}");

        assertThat(error.data()).isEqualTo("{\"message\":\"slow\"}");
        assertThat(error.headers()).containsEntry("x-amzn-errortype", "throttlingException");
    }

    @Test
    void isTheLastEventIfNoneSaysSo() {
        assertThat(found("data: one\n\ndata: two\n\n")).isEqualTo("two");
        assertThat(found("")).isEmpty();
    }
}
