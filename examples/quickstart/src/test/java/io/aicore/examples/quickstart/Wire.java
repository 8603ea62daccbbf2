package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;
import java.util.List;

/** What a scripted server says in the words of one provider. */
interface Wire {

    /** The providers that the quickstart comes with. A new one is a dependency in the pom and an entry here. */
    static List<Wire> all() {
        return List.of(new OpenAiWire(), new AnthropicWire(), new GeminiWire(), new MistralWire(), new CohereWire());
    }

    /** Its {@code LLM_PROVIDER}. */
    String provider();

    /** Too many requests: wait so long. */
    Reply rateLimited(String seconds);

    /** Overloaded, with the status that this provider has for it. */
    Reply overloaded();

    /** The status of {@link #overloaded()}. */
    default int overloadedStatus() {
        return 503;
    }

    /** The quota is spent, for longer than anybody waits. */
    Reply spent();

    /** Nobody knows this key. */
    Reply wrongKey();

    /** The whole answer, in words that need no escape in JSON. */
    Reply answer(String text);

    /** The same as a stream. */
    Reply stream(String... pieces);

    /** A stream that is cut before its first word. */
    Reply cutStream();
}
