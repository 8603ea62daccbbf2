package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.CompletionRequestBuilder;
import io.aicore.llm.chat.ReasoningEffort;
import io.aicore.llm.model.ModelCatalog;
import io.aicore.llm.model.ModelFacts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ThinkingTest {

    private static final Optional<ModelFacts> UNKNOWN = Optional.empty();
    private static final Optional<ModelFacts> THINKER = ModelCatalog.bundled().find("openai", "api.openai.com", "o3");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static CompletionRequestBuilder question() {
        return CompletionRequest.builder().user("why?");
    }

    private static CompletionRequest withFields(String json) {
        CompletionRequestBuilder request = question();
        Map<?, ?> fields = JSON.readValue(json, Map.class);
        fields.forEach((name, value) -> request.extra(name.toString(), value));
        return request.build();
    }

    @Test
    void nothingSaidAndNothingKnownIsNoThinking() {
        assertThat(Thinking.isExpected(question().build(), UNKNOWN)).isFalse();
    }

    @Test
    void theCatalogueKnowsModelsThatThink() {
        assertThat(Thinking.isExpected(question().build(), THINKER)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, api.openai.com, gpt-5.5-pro, true",
        "openai, api.openai.com, gpt-4o, false",
        "anthropic, api.anthropic.com, claude-fable-5, true",
        "anthropic, api.anthropic.com, claude-haiku-4-5, false",
        "gemini, generativelanguage.googleapis.com, gemini-2.5-pro, true",
        "gemini, generativelanguage.googleapis.com, gemini-embedding-2, false",
        "xai, api.x.ai, grok-4.5, true",
        "deepseek, api.deepseek.com, deepseek-v4-pro, true",
        "groq, api.groq.com, openai/gpt-oss-120b, true",
        "groq, api.groq.com, llama-3.1-8b-instant, false",
        "mistral, api.mistral.ai, mistral-large-2512, false",
        "zai, api.z.ai, glm-5.3, true",
    })
    void whichModelsThink(String provider, String host, String model, boolean thinks) {
        assertThat(ModelCatalog.bundled().find(provider, host, model))
                .hasValueSatisfying(facts -> assertThat(facts.thinks()).isEqualTo(thinks));
    }

    @ParameterizedTest
    @EnumSource(ReasoningEffort.class)
    void aTypedEffortOtherThanNoneIsThinking(ReasoningEffort effort) {
        boolean thinks = effort != ReasoningEffort.NONE;
        CompletionRequest request = question().reasoningEffort(effort).build();
        assertThat(Thinking.isExpected(request, UNKNOWN)).isEqualTo(thinks);
        assertThat(Thinking.isExpected(request, THINKER)).isEqualTo(thinks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'reasoning_effort': 'high'}",
                "{'reasoning': {'effort': 'low', 'summary': 'auto'}}",
                "{'reasoning': {}}",
                "{'reasoning': {'max_tokens': 2000}}",
                "{'thinking': {'type': 'enabled', 'budget_tokens': 2000}}",
                "{'thinking': {'type': 'adaptive'}}",
                "{'enable_thinking': true}",
                "{'enable_thinking': 'true'}",
                "{'think': true}",
                "{'think': 'high'}",
                "{'include_reasoning': true}",
                "{'thinking_budget': 1024}",
                "{'chat_template_kwargs': {'enable_thinking': true}}",
                "{'generationConfig': {'thinkingConfig': {'thinkingBudget': -1}}}",
                "{'additionalModelRequestFields': {'thinking': {'type': 'enabled', 'budget_tokens': 1024}}}",
                "{'additionalModelRequestFields': {'reasoning_config': {'type': 'enabled'}}}"
            })
    void aRawFieldAsksForThinking(String fields) {
        assertThat(Thinking.isExpected(withFields(fields.replace('\'', '"')), UNKNOWN))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'reasoning_effort': 'none'}",
                "{'reasoning': {'effort': 'none'}}",
                "{'reasoning': {'enabled': false}}",
                "{'thinking': {'type': 'disabled'}}",
                "{'enable_thinking': false}",
                "{'think': false}",
                "{'chat_template_kwargs': {'enable_thinking': false}}",
                "{'generationConfig': {'thinkingConfig': {'thinkingBudget': 0}}}"
            })
    void aRawFieldTurnsThinkingOff(String fields) {
        CompletionRequest request = withFields(fields.replace('\'', '"'));
        assertThat(Thinking.isExpected(request, UNKNOWN)).isFalse();
        assertThat(Thinking.isExpected(request, THINKER)).isFalse();
    }

    @Test
    void whatElseARequestHoldsIsNoThinking() {
        String schema = "{'response_format': {'json_schema': {'properties': {'reasoning': {'type': 'string'}}}},"
                + "'metadata': {'thinking': 'hard'}, 'service_tier': 'flex'}";
        CompletionRequest request = withFields(schema.replace('\'', '"'));
        assertThat(Thinking.isExpected(request, UNKNOWN)).isFalse();
        assertThat(Thinking.isExpected(request, THINKER)).isTrue();
    }

    @Test
    void theRawFieldWinsOverTheTypedEffort() {
        CompletionRequestBuilder typed = question().reasoningEffort(ReasoningEffort.HIGH);
        assertThat(Thinking.isExpected(typed.extra("reasoning_effort", "none").build(), UNKNOWN))
                .isFalse();
    }
}
