/**
 * Calls of language models: {@link io.aicore.llm.Llm} finds a provider by name. Callers need {@code io.aicore.llm}, {@code
 * .chat}, {@code .embedding} and {@code .error}; the packages below {@code .codec} are for authors of providers.
 */
module io.aicore.llm {
    requires transitive io.aicore.retry;
    // Read at run time: what may be null in the records of typed answers.
    requires transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.handler.proxy;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    // Used by Reactor Netty, which is an automatic module and cannot say so.
    requires io.netty.codec.classes.quic;
    requires io.netty.codec.http2;
    requires io.netty.resolver.dns;
    requires jdk.net;
    requires reactor.netty.core;
    requires reactor.netty.http;
    requires tools.jackson.core;
    requires tools.jackson.databind;
    requires tools.jackson.dataformat.yaml;

    exports io.aicore.llm;
    exports io.aicore.llm.auth;
    exports io.aicore.llm.chat;
    exports io.aicore.llm.codec;
    exports io.aicore.llm.codec.completions;
    exports io.aicore.llm.codec.failure;
    exports io.aicore.llm.codec.json;
    exports io.aicore.llm.codec.schema;
    exports io.aicore.llm.codec.wire;
    exports io.aicore.llm.config;
    exports io.aicore.llm.embedding;
    exports io.aicore.llm.error;
    exports io.aicore.llm.http;
    exports io.aicore.llm.model;
    exports io.aicore.llm.observe;
    exports io.aicore.llm.tools;

    uses io.aicore.llm.LlmProviderFactory;
}
