package io.aicore.examples.script;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.TypedCompletion;
import io.aicore.llm.tools.ToolLoop;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** What a model can do beyond words: have functions called, and answer as a record. */
public final class Umbrella {

    private final LlmProvider llm;
    private final Function<String, Mono<String>> weather;

    /** Asks this model, which may ask for the weather of a city. */
    public Umbrella(LlmProvider llm, Function<String, Mono<String>> weather) {
        this.llm = llm;
        this.weather = weather;
    }

    // README: tools
    record Place(String city) {}

    Mono<String> needed(String city) {
        return ToolLoop.of(llm)
                .tool("weather", "The weather in a city today", Place.class, place -> weather.apply(place.city()))
                .run("Do I need an umbrella in " + city + "?")
                .map(result -> result.completion().text());
    }
    // README end

    // README: record
    record Advice(boolean umbrella, String why) {}

    Mono<Advice> advice(String city) {
        return llm.complete("Do I need an umbrella in " + city + "?", Advice.class)
                .map(TypedCompletion::value);
    }
    // README end
}
