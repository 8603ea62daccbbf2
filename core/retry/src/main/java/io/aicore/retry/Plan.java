package io.aicore.retry;

import io.aicore.limit.RetryBudget;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The configuration of a {@link RetryOnFailure}. Mutated only on a fresh copy, before it is published. */
final class Plan {

    /** A predicate and its name in messages. */
    record Kind(String name, Predicate<? super Throwable> matches) {}

    RetrySettings settings;
    List<Kind> retryOn = List.of();
    List<Kind> giveUpOn = List.of();

    @Nullable
    FailureClassifier classifier;

    @Nullable
    Circuit circuit;

    @Nullable
    RetryBudget budget;

    Predicate<? super Failure> uncharged = failure -> false;

    List<RetryListener> listeners = List.of();

    @Nullable
    Scheduler scheduler;

    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    Clock clock = Clock.systemUTC();
    String scope = "";
    ErrorMapper mapper = (last, history) -> last;

    private final AtomicReference<@Nullable DeadlineTicks> ticks;

    Plan(RetrySettings settings) {
        this(settings, new AtomicReference<>());
    }

    private Plan(RetrySettings settings, AtomicReference<@Nullable DeadlineTicks> ticks) {
        this.settings = settings;
        this.ticks = ticks;
    }

    Plan but(Consumer<Plan> change) {
        Plan copy = new Plan(settings, ticks);
        copy.retryOn = retryOn;
        copy.giveUpOn = giveUpOn;
        copy.classifier = classifier;
        copy.circuit = circuit;
        copy.budget = budget;
        copy.uncharged = uncharged;
        copy.listeners = listeners;
        copy.scheduler = scheduler;
        copy.random = random;
        copy.clock = clock;
        copy.scope = scope;
        copy.mapper = mapper;
        change.accept(copy);
        return copy;
    }

    /** Looked up at subscription, so that a virtual-time scheduler installed later is used. */
    Scheduler schedulerNow() {
        return scheduler == null ? Schedulers.parallel() : scheduler;
    }

    /** The instant by which a call that began then must have ended; {@link Long#MAX_VALUE} without a deadline. */
    long deadline(long began) {
        Duration deadline = settings.deadline();
        return deadline == null ? Long.MAX_VALUE : began + deadline.toNanos();
    }

    /** Shared by all copies of a plan, since calls with settings of their own each have one. */
    DeadlineTicks ticks(Scheduler used) {
        DeadlineTicks known = ticks.get();
        if (known != null && known.isOn(used)) {
            return known;
        }
        DeadlineTicks made = new DeadlineTicks(used);
        ticks.set(made);
        return made;
    }

    static <E> List<E> append(List<E> list, E more) {
        if (list.isEmpty()) {
            return List.of(more);
        }
        List<E> longer = new ArrayList<>(list);
        longer.add(more);
        return List.copyOf(longer);
    }
}
