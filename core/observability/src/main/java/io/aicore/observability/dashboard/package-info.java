/**
 * A dashboard of recorded calls: a page, its API and its live updates, served by the library.
 *
 * <p>{@code ObservabilityDashboard} is the entry point. {@code DashboardHandler} handles requests: {@code Access}
 * authorizes, {@code Parameters} parses, {@code Api} reads from the collector, {@code Live} notifies of changes.
 */
@NullMarked
package io.aicore.observability.dashboard;

import org.jspecify.annotations.NullMarked;
