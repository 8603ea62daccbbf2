package io.aicore.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.codec.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns and fields that other programs read. */
class FormatsTest {

    @Test
    void columnsOfCallsKeepTheirNamesAndOrder() {
        assertThat(names(OperationTable.TABLE))
                .isEqualTo("id started_at started_us operation provider model host session_id workspace_id agent_id"
                        + " outcome category code ended_by why retry_count retried_for waited_us latency_us first_token_us"
                        + " attempt_after_us attempt_us attempt_status attempt_request_id circuit served_by input_tokens"
                        + " output_tokens cached_tokens cache_write_tokens reasoning_tokens cost_usd extras prompt answer"
                        + " resends call_id trace_id span_id");
    }

    @Test
    void columnsOfAttemptsKeepTheirNamesAndOrder() {
        assertThat(names(AttemptTable.TABLE))
                .isEqualTo(
                        "operation_id number started_at duration_us phase status category request_id hint_us delay_us"
                                + " why");
    }

    @Test
    void anExportedCallKeepsItsFields() {
        LlmOperation call = Calls.failed("a", "openai", 1, "overloaded");
        assertThat(json(ExportColumn.json(ExportColumn.OF_CALL, call))).isEqualTo("""
                {"id":"a","started_at":"2026-11-23T12:00:00.123456Z","operation":"complete","provider":"openai",\
                "model":"openai-model","host":"api.openai.example:443","session_id":"session-openai",\
                "workspace_id":"workspace","agent_id":null,"outcome":"error","category":"overloaded",\
                "code":"code-overloaded","ended_by":"retries_exhausted","why":"3 retries made","retry_count":1,\
                "waited_ms":1000,"latency_ms":9000,"first_token_ms":null,"circuit":"closed","served_by":"openai",\
                "input_tokens":null,"output_tokens":null,"cached_tokens":null,"cache_write_tokens":null,\
                "reasoning_tokens":null,"cost_usd":null,\
                "extras":"{\\"team\\":\\"Örtliche \\\\\\"Gruppe\\\\\\"\\",\\"ticket\\":\\"T-100%_a\\"}",\
                "prompt":null,"answer":null,"resends":null,"call_id":null,"trace_id":null,"span_id":null}""");
    }

    @Test
    void anExportedAttemptKeepsItsFields() {
        LlmAttempt failed = Calls.call("a", "openai", 1).attempts().get(0);
        assertThat(json(ExportColumn.json(ExportColumn.OF_ATTEMPT, failed))).isEqualTo("""
                {"number":1,"started_at":"2026-11-23T12:00:01.123456Z","duration_ms":50,"phase":"first-byte",\
                "status":429,"category":"rate_limited","request_id":"req-1","hint_ms":1000,"delay_ms":1050,\
                "why":"the server asked for 1 s"}""");
    }

    private static String names(Table<?> table) {
        return table.columns().stream().map(Column::name).collect(Collectors.joining(" "));
    }

    private static String json(Map<String, @Nullable Object> value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}
