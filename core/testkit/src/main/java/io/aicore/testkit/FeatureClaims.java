package io.aicore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Content;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Structured output, images, reasoning. */
interface FeatureClaims extends LackingClaims {

    @Test
    default void aSchemaGoesOutInTheProtocolsFormOrIsRefused() {
        Map<String, Object> schema = ToolClaims.schema("capital", "inhabitants");
        CompletionRequest request = request().toBuilder()
                .responseFormat(ResponseFormat.jsonSchema("city", schema))
                .build();
        if (!can(Capability.STRUCTURED_OUTPUT)) {
            assertLacking(Capability.STRUCTURED_OUTPUT, request);
            return;
        }
        Reply reply = Reply.of("{\"capital\":\"東京\",\"inhabitants\":14}");
        rig().server().then(plain(reply));

        assertReads(Rig.get(rig().retrying().complete(request)), reply);

        assertThat(fixture().requests().schema(sent(1))).isEqualTo(schema);
    }

    @Test
    default void anImageGoesOutOrIsRefused() {
        CompletionRequest request = CompletionRequest.builder()
                .message(Message.user(Content.text(PROMPT), Content.image(new byte[] {1, 2, 3, -1}, "image/png")))
                .build();
        if (!can(Capability.IMAGES)) {
            assertLacking(Capability.IMAGES, request);
            return;
        }
        rig().server().then(plain(Reply.of("A dot.")));

        Rig.get(rig().retrying().complete(request));

        assertThat(fixture().requests().image(sent(1))).isEqualTo("data:image/png;base64,AQID/w==");
        assertThat(fixture().requests().prompt(sent(1))).isEqualTo(PROMPT);
    }

    @Test
    default void aDocumentGoesOutOrIsRefused() {
        CompletionRequest request = CompletionRequest.builder()
                .message(Message.user(
                        Content.text(PROMPT),
                        Content.file(new byte[] {1, 2, 3, -1}, "application/pdf")
                                .name("report")))
                .build();
        if (!can(Capability.FILES)) {
            assertLacking(Capability.FILES, request);
            return;
        }
        rig().server().then(plain(Reply.of("A report.")));

        Rig.get(rig().retrying().complete(request));

        assertThat(fixture().requests().file(sent(1))).isEqualTo("data:application/pdf;base64,AQID/w==");
        assertThat(fixture().requests().prompt(sent(1))).isEqualTo(PROMPT);
    }

    /** No kind of content is left out without a word: it is in the request, or nothing is sent. */
    @TestFactory
    default Stream<DynamicTest> aFileOfAnyKindIsSentOrRefusedByName() {
        return Stream.of("application/pdf", "text/plain", "audio/wav", "video/mp4", "application/x-unheard-of")
                .map(type -> DynamicTest.dynamicTest(type, () -> {
                    rig().server().then(plain(Reply.of("Yes.")));
                    byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);
                    CompletionRequest request = CompletionRequest.builder()
                            .message(Message.user(Content.text(PROMPT), Content.file(bytes, type)))
                            .build();
                    int before = rig().server().calls();
                    try {
                        Rig.get(rig().trying().complete(request));
                    } catch (InvalidRequestException refused) {
                        assertThat(rig().server().calls()).isEqualTo(before);
                        assertThat(refused).hasMessageContaining("file");
                        return;
                    }
                    assertThat(new String(rig().server().call(before + 1).body(), StandardCharsets.UTF_8))
                            .containsAnyOf(Base64.getEncoder().encodeToString(bytes), "some bytes");
                }));
    }

    @Test
    default void anEffortGoesOutAndThoughtsAreReadOrItIsRefused() {
        CompletionRequest request =
                request().toBuilder().reasoningEffort(ReasoningEffort.HIGH).build();
        if (!can(Capability.REASONING)) {
            assertLacking(Capability.REASONING, request);
            return;
        }
        Reply reply = Reply.of("Tokyo.").thoughts("Kyoto? ", "No, 東京.");
        rig().server().then(plain(reply)).then(plain(Reply.of("Tokyo.")));
        LlmProvider provider = rig().retrying();

        assertReads(Rig.get(provider.complete(request)), reply);
        Rig.get(provider.complete(request()));

        assertThat(fixture().requests().effort(sent(1)).isMissing()).isFalse();
        assertThat(fixture().requests().effort(sent(2)).isMissing()).isTrue();
    }

    @Test
    default void streamedThoughtsStayApartFromTheText() {
        Reply reply = Reply.of("To", "kyo.").thoughts("Kyoto? ", "No, 東京.");
        if (fixture().showsReasoning() && can(Capability.STREAMING)) {
            rig().server().then(stream(reply));

            assertReads(Rig.fold(rig().retrying().stream(request())), reply, can(Capability.USAGE_IN_STREAMS));
        }
    }
}
