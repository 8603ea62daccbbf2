package io.aicore.llm.chat;

/**
 * A call that the model requests. Answer it with {@link Message#tool}.
 *
 * @param id the provider's id of the call; generated if the provider sent none, or one that is already used in the
 *     conversation
 * @param arguments the arguments as the model wrote them: normally a JSON object, not validated
 */
public record ToolCall(String id, String name, String arguments) {
    @Override
    public String toString() {
        return "ToolCall[" + name + ", " + arguments.length() + " chars]";
    }
}
