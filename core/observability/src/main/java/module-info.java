/**
 * Records of calls and their statistics, metrics, spans, logs and a dashboard. Micrometer, SLF4J and Parquet are optional, as
 * on the class path. Parquet's libraries share packages among them: as modules they cannot be read, so the export to Parquet
 * needs the class path.
 */
module io.aicore.observability {
    requires transitive io.aicore.llm;
    requires transitive r2dbc.spi;
    requires transitive reactor.netty.core;
    requires transitive reactor.netty.http;
    requires de.siegmar.fastcsv;
    requires io.netty.buffer;
    requires io.netty.codec.http;
    requires io.netty.common;
    // Used by H2, which is an automatic module and cannot say so.
    requires java.sql;
    requires r2dbc.pool;
    requires reactor.pool;
    requires static io.opentelemetry.api;
    requires static micrometer.commons;
    requires static micrometer.core;
    requires static micrometer.observation;
    requires static micrometer.tracing.bridge.otel;
    requires static micrometer.tracing;
    requires static org.slf4j;
    requires static transitive org.jspecify;

    exports io.aicore.observability;
    exports io.aicore.observability.dashboard;
    exports io.aicore.observability.log;
    exports io.aicore.observability.metrics;

    uses io.aicore.observability.TraceSource;

    provides io.aicore.observability.TraceSource with
            io.aicore.observability.metrics.ObservedTraces;
}
