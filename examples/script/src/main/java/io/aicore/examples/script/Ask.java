package io.aicore.examples.script;

// README: script
import io.aicore.llm.Llm;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.Completion;

public final class Ask {
    public static void main(String... args) {
        LlmProvider llm = Llm.from(LlmConfig.fromEnvironment());
        String answer = llm.complete("Why wait before asking again?")
                .map(Completion::text)
                .block();
        System.out.println(answer);
        llm.dispose();
    }
}
// README end
