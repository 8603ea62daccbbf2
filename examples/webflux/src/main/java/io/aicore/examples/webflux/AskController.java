package io.aicore.examples.webflux;

import io.aicore.llm.LlmProvider;
import io.aicore.llm.chat.CompletionChunk;
import io.aicore.llm.error.LlmException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Streams an answer to a browser. */
@RestController
final class AskController {

    /** JSON around a token keeps its leading space, which an event stream drops. */
    record Token(String text) {}

    private final LlmProvider llm;

    AskController(LlmProvider llm) {
        this.llm = llm;
    }

    // README: webflux
    /** A browser that leaves cancels this Flux, and that closes the provider's stream. */
    @GetMapping(path = "/ask", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Token>> ask(@RequestParam String prompt) {
        return llm.stream(prompt)
                .map(CompletionChunk::text)
                .filter(text -> !text.isEmpty())
                .map(text -> event("token", text))
                .concatWithValues(event("end", ""))
                .onErrorResume(
                        LlmException.class,
                        failure -> Flux.just(event("failure", failure.category().word())));
    }
    // README end

    private static ServerSentEvent<Token> event(String name, String text) {
        return ServerSentEvent.builder(new Token(text)).event(name).build();
    }
}
