package io.aicore.examples.quickstart;

import io.aicore.examples.server.Reply;
import java.util.List;

/** What a scripted server says in the words of one provider. */
abstract class Wire {

    private final String provider;

    Wire(String provider) {
        this.provider = provider;
    }

    /** The providers that the quickstart comes with. A new one is a dependency in the pom and an entry here. */
    static List<Wire> all() {
        return List.of(new OpenAiWire(), new AnthropicWire(), new GeminiWire(), new MistralWire(), new CohereWire());
    }

    /** Its {@code LLM_PROVIDER}. */
    final String provider() {
        return provider;
    }

    /** Too many requests: wait so long. */
    abstract Reply rateLimited(String seconds);

    /** Overloaded, with the status that this provider has for it. */
    abstract Reply overloaded();

    /** The status of {@link #overloaded()}. */
    int overloadedStatus() {
        return 503;
    }

    /** The quota is spent, for longer than anybody waits. */
    abstract Reply spent();

    /** Nobody knows this key. */
    abstract Reply wrongKey();

    /** The whole answer, in words that need no escape in JSON. */
    abstract Reply answer(String text);

    /** The same as a stream. */
    abstract Reply stream(String... pieces);

    /** A stream that is cut before its first word. */
    abstract Reply cutStream();

    /** JSON with ' for ". */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** An event with this name. */
    static String event(String type, String data) {
        return "event: " + type + "\ndata: " + json(data) + "\n\n";
    }

    @Override
    public final String toString() {
        return provider;
    }
}
