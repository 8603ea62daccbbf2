/**
 * Traces and metrics by Micrometer, under OpenTelemetry's names for generative models:
 * {@link io.aicore.observability.metrics.LlmObservations}. Requires {@code micrometer-core}.
 *
 * <table>
 * <caption>Observations, which become spans: {@link
 * io.aicore.observability.metrics.LlmObservationDocumentation}</caption>
 * <tr><th>name</th><th>span</th><th>what</th></tr>
 * <tr><td>{@code gen_ai.client.operation}</td><td>{@code {operation} {model}}, of a client</td> <td>a call, with an
 * {@linkplain io.aicore.observability.metrics.LlmCallEvent event} for each retry, each wait for
 * a circuit and each resent request</td></tr>
 * <tr><td>{@code aicore.client.attempt}</td><td>{@code attempt {model}}, internal</td> <td>one attempt, child of the
 * call; {@code http.request.resend_count} from the second on</td></tr>
 * </table>
 *
 * <table>
 * <caption>Meters: {@link io.aicore.observability.metrics.LlmMeterDocumentation}</caption>
 * <tr><th>name</th><th>type</th><th>tags beside operation, provider, model, address and port</th></tr>
 * <tr><td>{@code gen_ai.client.operation.duration}</td><td>timer</td> <td>{@code gen_ai.response.model},
 * {@code error.type}, {@code aicore.outcome}</td></tr>
 * <tr><td>{@code gen_ai.client.operation.time_to_first_chunk}</td><td>timer, streams only</td>
 * <td>{@code gen_ai.response.model}</td></tr>
 * <tr><td>{@code gen_ai.client.operation.time_per_output_chunk}</td><td>timer, streams only</td><td>none</td></tr>
 * <tr><td>{@code gen_ai.client.token.usage}</td><td>distribution summary</td> <td>{@code gen_ai.response.model},
 * {@code gen_ai.token.type}</td></tr>
 * <tr><td>{@code aicore.client.token.parts}</td><td>counter</td> <td>{@code gen_ai.response.model},
 * {@code aicore.token.part}: cached and reasoning tokens</td></tr>
 * <tr><td>{@code aicore.client.retries}</td><td>counter</td><td>{@code error.type}: the failure that is
 * retried</td></tr>
 * <tr><td>{@code aicore.circuit.state}</td><td>gauge, 1 or 0</td><td>{@code state}; no operation</td></tr>
 * <tr><td>{@code aicore.collector.buffered}</td><td>gauge</td> <td>none; see {@link
 * io.aicore.observability.metrics.CollectorMetrics}</td></tr>
 * <tr><td>{@code aicore.collector.written}, {@code aicore.collector.dropped}</td><td>counters</td><td>none</td></tr>
 * </table>
 *
 * <p>All tags of a meter are always present, {@code none} if unknown, because some registries require the same tags on
 * all meters of a name; a span has only known attributes. The number of tag values is bounded: error types are
 * {@linkplain io.aicore.llm.error.ErrorCategory categories}, and after 100 models the next ones are {@code _OTHER}.
 *
 * <p>Durations and boundaries of buckets are OpenTelemetry's. A registry that exports OTLP uses milliseconds unless its
 * {@code baseTimeUnit} is set to seconds. Through Micrometer Tracing's OpenTelemetry bridge, which is optional,
 * attributes have the types of the conventions and events have attributes; other tracers write text, and of an event
 * its name.
 *
 * <p>The names are those of version 1.41 of OpenTelemetry's conventions, or of version 0.1.0 of those for generative
 * models alone if {@link io.aicore.observability.metrics.GenAiConventions} selects it; both are still in development. A
 * {@linkplain io.aicore.observability.metrics.LlmCallConvention convention} replaces them.
 */
@NullMarked
package io.aicore.observability.metrics;

import org.jspecify.annotations.NullMarked;
