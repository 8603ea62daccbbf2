/** Retry as a Reactor operator, and the admission of attempts: for any {@code Mono} or {@code Flux}. */
@SuppressWarnings("module") // Our modules above are not built yet when this one is.
module io.aicore.retry {
    requires transitive org.reactivestreams;
    requires transitive reactor.core;
    requires static transitive org.jspecify;

    exports io.aicore.internal to
            io.aicore.llm,
            io.aicore.observability,
            io.aicore.spring;
    exports io.aicore.limit;
    exports io.aicore.retry;
}
