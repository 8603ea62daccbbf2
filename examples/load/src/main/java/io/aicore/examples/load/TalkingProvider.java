package io.aicore.examples.load;

import io.aicore.examples.server.ChatReplies;
import io.aicore.examples.server.DemoServer;
import io.aicore.examples.server.Question;
import io.aicore.examples.server.Reply;
import java.io.IOException;

/**
 * A provider that answers at once with 200 words, and fails every tenth request. As a process it prints its address, and
 * ends with its standard input.
 */
public final class TalkingProvider {

    private static final String ANSWER = "word ".repeat(200).strip();

    private TalkingProvider() {}

    public static void main(String... args) throws IOException {
        try (DemoServer server = start()) {
            System.out.println(server.baseUrl());
            while (System.in.read() != -1) {}
        }
    }

    static DemoServer start() {
        return DemoServer.start(TalkingProvider::reply);
    }

    private static Reply reply(Question question) {
        return question.number() % 10 == 0 ? ChatReplies.error(503, "server_is_overloaded") : question.answer(ANSWER);
    }
}
