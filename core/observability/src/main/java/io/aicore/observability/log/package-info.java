/**
 * Logs retries, failed calls, resent requests and waits for admission with SLF4J: {@code LlmConfig.builder().observer(LlmCallLog.create())}. Requires
 * {@code slf4j-api} 2. The logger is {@code io.aicore.observability.log.LlmCallLog}.
 *
 * <table>
 * <caption>Key-value pairs of a line, each where it is known</caption>
 * <tr><th>key</th><th>value</th><th>level</th></tr>
 * <tr><td>callId</td><td>id of the call, as in traces and records</td><td>all</td></tr>
 * <tr><td>provider</td><td>its configured name</td><td>all</td></tr>
 * <tr><td>model</td><td>the requested model</td><td>all</td></tr>
 * <tr><td>category</td><td>as in {@code rate_limited}</td><td>WARN, ERROR</td></tr>
 * <tr><td>status</td><td>the HTTP status</td><td>WARN, ERROR</td></tr>
 * <tr><td>requestId</td><td>the provider's id of the failed request</td><td>WARN, ERROR</td></tr>
 * <tr><td>attempt</td><td>the failed, resent or waiting attempt, from 1</td><td>all</td></tr>
 * <tr><td>maxAttempts</td><td>maximum number of attempts</td><td>all</td></tr>
 * <tr><td>delayMs</td><td>the delay before the next attempt, or the least wait for admission, in milliseconds</td><td>WARN, INFO</td></tr>
 * <tr><td>reason</td><td>as in {@code retries_exhausted}; of a wait {@code gate}, {@code pace}, {@code limit} or {@code circuit}</td>
 * <td>ERROR, INFO</td></tr>
 * <tr><td>suppressed</td><td>number of lines of this scope and level suppressed since the last one</td>
 * <td>all</td></tr>
 * </table>
 */
@NullMarked
package io.aicore.observability.log;

import org.jspecify.annotations.NullMarked;
