package io.aicore.llm.codec.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.wire.StreamFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "data:", "\uFEFFdata: x", " \r\n\uFEFF\n event: a", "id: 7", "retry:1", "error: no"})
    void fieldsAndCommentsAreServerSentEvents(String text) {
        assertThat(TextForm.of(bytes(text))).isEqualTo(TextForm.SERVER_SENT_EVENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "\uFEFF[", "\n\n {\"data:\":1}"})
    void objectsAndArraysAreJson(String text) {
        assertThat(TextForm.of(bytes(text))).isEqualTo(TextForm.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "database", "\"x\"", "ok", "dates:", "\uFEFE"})
    void theRestIsNeither(String text) {
        assertThat(TextForm.of(bytes(text))).isEqualTo(TextForm.OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "\uFEFF", "d", "data", "\uFEFF retr"})
    void whatCouldBeSeveralNeedsMoreBytes(String text) {
        assertThat(TextForm.of(bytes(text))).isNull();
    }

    @Test
    void halfAMarkNeedsMoreBytes() {
        assertThat(TextForm.of(Arrays.copyOf(bytes("\uFEFF"), 2))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}\n{\"b\":2}", "{}{", "[1] {}"})
    void anObjectBehindADocumentMakesAStream(String text) {
        assertThat(StreamFormat.of(bytes(text))).isSameAs(StreamFormat.jsonLines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"} {\"}", "{}\n[DONE]", "{} and words {}", "{\"cut", "", "words {} {}"})
    void oneDocumentIsAnAnswer(String text) {
        assertThat(StreamFormat.of(bytes(text))).isNull();
    }
}
