package io.aicore.spring.dashboard;

import io.aicore.observability.dashboard.ObservabilityDashboard;
import java.util.Map;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.WebHandler;
import reactor.core.Scannable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Maps the dashboard below a path. Its live updates end before the web server stops, which would wait for them as for any
 * request that is being answered.
 */
final class DashboardMapping extends SimpleUrlHandlerMapping implements SmartLifecycle {

    // Above the web server's, which are 1,024 below the highest: phases stop from the highest to the lowest.
    private static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;
    // Before the application's routes, of which one may match everything.
    private static final int ORDER = -2;

    private volatile Sinks.Empty<Void> end = Sinks.empty();
    private volatile boolean running;

    DashboardMapping(ObservabilityDashboard dashboard, String path) {
        var answers = dashboard.exchangeHandler(Mono.defer(() -> end.asMono()));
        WebHandler handler =
                exchange -> answers.apply(new WebFluxExchange(exchange.getRequest(), exchange.getResponse()));
        setUrlMap(Map.of(path + "/**", handler));
        setOrder(ORDER);
    }

    @Override
    public void start() {
        if (Boolean.TRUE.equals(end.scan(Scannable.Attr.TERMINATED))) {
            end = Sinks.empty();
        }
        running = true;
    }

    /** Ends the live updates; later requests get none until the next start. */
    @Override
    public void stop() {
        running = false;
        end.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
