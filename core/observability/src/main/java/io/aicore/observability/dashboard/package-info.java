/**
 * What was recorded, to look at: a page, its API and its live updates, served by the library itself.
 *
 * <p>{@code ObservabilityDashboard} is the way in. {@code DashboardHandler} answers requests: {@code Access} says who may ask,
 * {@code Parameters} what is asked, {@code Api} reads it from the collector, {@code Live} tells when to ask again.
 */
@NullMarked
package io.aicore.observability.dashboard;

import org.jspecify.annotations.NullMarked;
