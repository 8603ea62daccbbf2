package io.aicore.examples.lab.provider;

import io.aicore.examples.lab.call.Answer;
import io.aicore.examples.lab.call.Answer.Kind;
import io.aicore.examples.lab.call.Exchange;
import io.aicore.examples.lab.call.Provider;
import io.aicore.examples.lab.scenario.Fault;
import io.aicore.examples.lab.scenario.ProviderSpec;
import io.aicore.examples.lab.scenario.RetryAfter;
import io.aicore.examples.lab.scenario.Service;
import io.aicore.examples.lab.time.Chance;
import io.aicore.examples.lab.time.Chance.Stream;
import io.aicore.examples.lab.time.Seconds;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider with slots, a queue, rate limits and faults. What it draws depends on the call and the attempt alone. */
public final class ProviderModel implements Provider {

    private final ProviderSpec spec;
    private final Faults faults;
    private final RateLimits limits;
    private final VirtualScheduler scheduler;
    private final Chance chance;
    private final boolean streams;
    private final Deque<Exchange> queue = new ArrayDeque<>();
    private int busy;

    public ProviderModel(
            ProviderSpec spec, List<Fault> faults, VirtualScheduler scheduler, Chance chance, boolean streams) {
        this.spec = spec;
        this.faults = new Faults(faults, chance);
        this.limits = new RateLimits(spec.limits());
        this.scheduler = scheduler;
        this.chance = chance;
        this.streams = streams;
    }

    /** Requests that wait for a slot. */
    public int queued() {
        return queue.size();
    }

    /** Requests in work. */
    public int busy() {
        return busy;
    }

    @Override
    public void receive(Exchange exchange) {
        double now = Seconds.of(scheduler.now());
        Fault fault = faults.refusing(exchange, now);
        if (fault != null) {
            refuse(exchange, fault);
            return;
        }
        Double wait = limits.take(now, (double) exchange.call().tokens());
        if (wait != null) {
            Double retryAfter = limits.retryAfter(wait);
            answer(exchange, Kind.LIMITED, retryAfter, spec.latency());
        } else if (busy < spec.slots()) {
            work(exchange);
        } else if (queue.size() < spec.queue()) {
            queue.add(exchange);
            exchange.onAbandoned(() -> leaveQueue(exchange));
        } else {
            answer(exchange, Kind.OVERLOADED, null, spec.latency());
        }
    }

    private void refuse(Exchange exchange, Fault fault) {
        if (fault.kind() == Fault.Kind.HANG) {
            return;
        }
        RetryAfter retryAfter = fault.retryAfter();
        Double seconds = retryAfter.kind() == RetryAfter.Kind.NONE ? null : Double.valueOf(retryAfter.seconds());
        Kind kind = fault.kind() == Fault.Kind.RATE_LIMIT ? Kind.LIMITED : Kind.UNAVAILABLE;
        answer(exchange, kind, seconds, fault.after());
    }

    private void answer(Exchange exchange, Kind kind, @Nullable Double retryAfter, double after) {
        scheduler.after(
                Seconds.nanos(after),
                () -> exchange.end(new Answer(kind, retryAfter, limits.report(Seconds.of(scheduler.now())))));
    }

    private void leaveQueue(Exchange exchange) {
        // A server that does not notice works on it all the same.
        if (spec.stopsAbandoned()) {
            queue.remove(exchange);
        }
    }

    private void work(Exchange exchange) {
        busy++;
        double seconds = serviceTime(exchange) * faults.slowness(exchange, Seconds.of(scheduler.now()));
        double firstByte = streams ? seconds * spec.service().firstByte() : seconds;
        new Work(exchange).begin(Seconds.nanos(firstByte), Seconds.nanos(seconds));
    }

    private double serviceTime(Exchange exchange) {
        Service service = spec.service();
        long call = exchange.call().number();
        return switch (service.shape()) {
            case CONSTANT -> service.mean();
            case EXPONENTIAL -> -service.mean() * Math.log(1 - chance.draw(Stream.SERVICE, call, exchange.number()));
            case LOG_NORMAL -> {
                double sigma = service.sigma();
                double mu = Math.log(service.mean()) - sigma * sigma / 2;
                yield Math.exp(mu + sigma * chance.normal(Stream.SERVICE, call, exchange.number()));
            }
        };
    }

    /** A request in its slot. */
    private final class Work {

        private final Exchange exchange;
        private boolean free;

        Work(Exchange exchange) {
            this.exchange = exchange;
        }

        void begin(long firstByte, long end) {
            if (spec.stopsAbandoned()) {
                exchange.onAbandoned(this::leave);
            }
            if (streams) {
                scheduler.after(firstByte, this::firstByte);
            }
            scheduler.after(end, this::end);
        }

        private void firstByte() {
            Fault broken = faults.ofStream(exchange, Seconds.of(scheduler.now()));
            if (broken != null && broken.kind() == Fault.Kind.STREAM_OVERLOAD) {
                leave();
                exchange.end(Answer.of(Kind.STREAM_OVERLOAD));
            } else if (!faults.isDown(exchange, Seconds.of(scheduler.now()))) {
                exchange.firstByte(limits.report(Seconds.of(scheduler.now())));
                if (broken != null) {
                    leave();
                    exchange.end(Answer.of(Kind.BROKEN));
                }
            }
        }

        private void end() {
            if (free) {
                return;
            }
            leave();
            boolean down = faults.isDown(exchange, Seconds.of(scheduler.now()));
            exchange.end(
                    new Answer(down ? Kind.UNAVAILABLE : Kind.OK, null, limits.report(Seconds.of(scheduler.now()))));
        }

        private void leave() {
            if (free) {
                return;
            }
            free = true;
            busy--;
            Exchange next = queue.poll();
            if (next != null) {
                work(next);
            }
        }
    }
}
