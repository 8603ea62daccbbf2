/** Retry as a Reactor operator, and the admission of attempts: for any {@code Mono} or {@code Flux}. */
module io.aicore.retry {
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires static transitive org.jspecify;

    exports io.aicore.limit;
    exports io.aicore.retry;
}
