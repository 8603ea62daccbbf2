package io.aicore.llm.codec;

import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds extra fields of messages that a protocol does not send. */
final class MessageExtras {

    // What an answer of any protocol leaves on its own message: where another one goes on with the conversation, it
    // stays behind by nature.
    private static final Set<String> OF_ANSWERS = Set.of("""
            anthropic_content bedrock_content cohere_content mistral_content output parts
            reasoning_details annotations audio images videos content choices candidates citations
            search_results related_questions executed_tools context moderation prompt_filter_results
            content_filter_results logprobs logprobsResult avgLogprobs service_tier serviceTier
            trafficType groundingMetadata citationMetadata urlContextMetadata safetyRatings finishMessage
            continuationToken tool_plan billed_units container context_management stop_sequence
            stop_details inference_geo server_tool_use performanceConfig trace
            additionalModelResponseFields
            """.strip().split("\\s+"));

    private MessageExtras() {}

    /**
     * A warning for each name of the messages' extra fields that is not among those the protocol sends.
     *
     * @param sentOf fields that it sends in messages of these roles alone
     * @param sent those that it sends whatever the role
     */
    static List<String> unsent(CompletionRequest request, Map<String, Set<Role>> sentOf, Set<String> sent) {
        if (!anyExtra(request)) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        for (Message message : request.messages()) {
            for (String name : message.extra().keySet()) {
                if (!sentOf.getOrDefault(name, Set.of()).contains(message.role())) {
                    names.add(name);
                }
            }
        }
        names.removeAll(sent);
        names.removeAll(OF_ANSWERS);
        return names.stream()
                .map(name -> "message extra field " + name + " left out: the protocol has no such field in "
                        + (sentOf.containsKey(name) ? "a message of this role" : "a message"))
                .toList();
    }

    private static boolean anyExtra(CompletionRequest request) {
        for (Message message : request.messages()) {
            if (!message.extra().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
