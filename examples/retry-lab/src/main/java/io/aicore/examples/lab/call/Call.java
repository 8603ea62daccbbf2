package io.aicore.examples.lab.call;

import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.function.Consumer;

/** One call of an application. A policy makes its attempts and ends it once. */
public final class Call {

    /** What all calls of a simulation share. */
    public record World(VirtualScheduler scheduler, Provider provider, Journal journal, long timeout, long deadline) {}

    private final World world;
    private final long number;
    private final long tokens;
    private final long began;
    private final Consumer<Call> onEnd;
    private int attempts;
    private boolean ended;

    public Call(World world, long number, long tokens, Consumer<Call> onEnd) {
        this.world = world;
        this.number = number;
        this.tokens = tokens;
        this.began = world.scheduler.now();
        this.onEnd = onEnd;
    }

    /** Unique in its simulation, and the same for all policies. */
    public long number() {
        return number;
    }

    /** What it costs. */
    public long tokens() {
        return tokens;
    }

    /** When it began, in nanoseconds. */
    public long began() {
        return began;
    }

    /** When it must have ended, in nanoseconds. */
    public long deadline() {
        return began + world.deadline;
    }

    /** Nanoseconds to the deadline. */
    public long left() {
        return deadline() - world.scheduler.now();
    }

    /** Attempts sent so far. */
    public int attempts() {
        return attempts;
    }

    /** Sends an attempt, for at most the timeout and never past the deadline. */
    public Exchange send(AttemptListener listener) {
        attempts++;
        Exchange exchange = new Exchange(this, attempts, listener, world.journal);
        exchange.begin(world.provider, world.scheduler, Math.min(world.timeout, left()));
        return exchange;
    }

    /** The application has its answer. */
    public void succeed() {
        end(true);
    }

    /** The application has a failure. */
    public void fail() {
        end(false);
    }

    private void end(boolean ok) {
        if (ended) {
            throw new IllegalStateException("call " + number + " ended twice");
        }
        ended = true;
        world.journal.callEnded(this, ok);
        onEnd.accept(this);
    }
}
