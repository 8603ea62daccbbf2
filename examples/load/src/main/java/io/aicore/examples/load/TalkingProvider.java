package io.aicore.examples.load;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * A provider that answers at once with 200 words, or with 1,000 if asked to, over TLS, and fails every tenth request. As a process it prints its
 * address, and ends with its standard input.
 */
public final class TalkingProvider {

    /** In a prompt, for 1,000 words. */
    static final String AT_LENGTH = "at length";

    private static final String ANSWER = "word ".repeat(200).strip();
    private static final String LONG_ANSWER = "word ".repeat(1_000).strip();

    private TalkingProvider() {}

    public static void main(String... args) throws IOException, GeneralSecurityException, InterruptedException {
        try (DemoServer server = DemoServer.startSecure(SelfSigned.forServer(), TalkingProvider::reply)) {
            System.out.println(server.baseUrl());
            while (System.in.read() != -1) {}
        }
    }

    private static Reply reply(Question question) {
        if (question.number() % 10 == 0) {
            return ChatReplies.error(503, "server_is_overloaded");
        }
        return question.answer(question.prompt().contains(AT_LENGTH) ? LONG_ANSWER : ANSWER);
    }
}
