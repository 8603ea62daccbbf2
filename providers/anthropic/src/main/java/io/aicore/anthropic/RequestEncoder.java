package io.aicore.anthropic;

import static io.aicore.llm.codec.ChatJson.put;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.ResponseFormat;
import io.aicore.llm.chat.Role;
import io.aicore.llm.chat.Sampling;
import io.aicore.llm.chat.Tool;
import io.aicore.llm.chat.ToolChoice;
import io.aicore.llm.chat.ToolOptions;
import io.aicore.llm.codec.ChatJson;
import io.aicore.llm.codec.RequestWarnings;
import io.aicore.llm.codec.wire.NotOnTheWireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The request's JSON, its fields always in the same order. What the request leaves open is not sent, but for the limit. */
record RequestEncoder(String apiVersion) {

    /** From this version on, any value of a sampling field is a 400, the default too. */
    private static final String WITHOUT_SAMPLING = "2026-10-21";

    Map<String, Object> body(CompletionRequest request, boolean stream) {
        ModelAge age = ModelAge.of(request.model());
        Sampling sampling = request.sampling();
        Thinking thinking = Thinking.of(request.reasoningEffort(), age, sampling.maxTokens());
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "model", request.model());
        body.put("max_tokens", thinking.maxTokens());
        put(body, "system", MessageEncoder.system(request.messages()));
        body.put("messages", MessageEncoder.messages(request.messages()));
        if (samples(age, thinking)) {
            put(body, "temperature", sampling.temperature());
            put(body, "top_p", sampling.topP());
        }
        if (!sampling.stop().isEmpty()) {
            body.put("stop_sequences", sampling.stop());
        }
        tools(body, request.tools());
        put(body, "thinking", thinking.field());
        Map<String, Object> output = output(thinking.effort(), request.responseFormat());
        if (!output.isEmpty()) {
            body.put("output_config", output);
        }
        // Always sent: some gateways stream by default.
        body.put("stream", stream);
        body.putAll(request.extra());
        if (!Betas.of(request).isEmpty()) {
            body.remove(Betas.FIELD);
        }
        return body;
    }

    /** What the API has no field for, and what this model refuses. */
    List<String> warnings(CompletionRequest request) {
        ModelAge age = ModelAge.of(request.model());
        Sampling sampling = request.sampling();
        Thinking thinking = Thinking.of(request.reasoningEffort(), age, sampling.maxTokens());
        boolean fixed = !samples(age, thinking);
        String why = thinking.on() ? "a model that thinks takes only its default" : "the model takes only its default";
        return new RequestWarnings(request, Map.of("is_error", Set.of(Role.TOOL)), Set.of("cache_control"))
                .withoutImageDetail()
                .withoutSeed()
                .leftOut(fixed && isOther(sampling.temperature()), "temperature " + sampling.temperature(), why)
                .leftOut(fixed && isOther(sampling.topP()), "topP " + sampling.topP(), why)
                .effortSentAs(thinking.effort())
                .effortLimitedTo(thinking.limited(request.reasoningEffort()))
                .list();
    }

    private boolean samples(ModelAge age, Thinking thinking) {
        return age != ModelAge.AFTER_4_6 && apiVersion.compareTo(WITHOUT_SAMPLING) < 0 && !thinking.on();
    }

    /** The default of either is 1. */
    private static boolean isOther(@Nullable Double value) {
        return value != null && value != 1;
    }

    private static void tools(Map<String, Object> body, ToolOptions use) {
        if (use.isEmpty()) {
            // Without tools, their settings are refused.
            return;
        }
        body.put("tools", ChatJson.tools(use, RequestEncoder::tool));
        boolean single = Boolean.FALSE.equals(use.parallel());
        if (use.choice() == null && !single) {
            return;
        }
        Map<String, Object> choice = choice(use.choice());
        if (single && !"none".equals(choice.get("type"))) {
            choice.put("disable_parallel_tool_use", true);
        }
        body.put("tool_choice", choice);
    }

    private static Map<String, Object> tool(Tool tool) {
        Map<String, Object> encoded = new LinkedHashMap<>();
        encoded.put("name", tool.name());
        if (!tool.description().isEmpty()) {
            encoded.put("description", tool.description());
        }
        // A schema is required, and its type too.
        encoded.put("input_schema", ChatJson.objectSchema(tool));
        if (tool.strict()) {
            encoded.put("strict", true);
        }
        return encoded;
    }

    private static Map<String, Object> choice(@Nullable ToolChoice choice) {
        ToolChoice known = choice == null ? ToolChoice.auto() : choice;
        return new LinkedHashMap<>(known.<Map<String, Object>>fold(
                mode -> Map.of("type", word(mode)), named -> ChatJson.ordered("type", "tool", "name", named.tool())));
    }

    private static String word(ToolChoice.Mode mode) {
        return switch (mode) {
            case AUTO -> "auto";
            case NONE -> "none";
            case REQUIRED -> "any";
        };
    }

    private static Map<String, Object> output(@Nullable String effort, @Nullable ResponseFormat format) {
        Map<String, Object> output = new LinkedHashMap<>();
        put(output, "effort", effort);
        put(output, "format", format == null ? null : format(format));
        return output;
    }

    private static @Nullable Object format(ResponseFormat format) {
        return format.fold(
                text -> null,
                object -> {
                    throw new NotOnTheWireException("response format json: Anthropic has none (expected: a JSON schema,"
                            + " or the wish in the prompt)");
                },
                wanted -> ChatJson.ordered("type", "json_schema", "schema", wanted.schema()));
    }
}
