package io.aicore.llm.chat;

/**
 * A call the model asks for. Answer it with {@link Message#tool}.
 *
 * @param id the provider's id of the call; where it gave none, or one that another call of the conversation has, one made up
 * @param arguments the arguments as the model wrote them: meant to be a JSON object, not checked
 */
public record ToolCall(String id, String name, String arguments) {
    @Override
    public String toString() {
        return "ToolCall[" + name + ", " + arguments.length() + " chars]";
    }
}
