package io.aicore.examples.lab.time;

import java.util.SplittableRandom;

/**
 * Independent streams of random numbers from one seed. What a policy draws changes nothing for the others: arrivals, service
 * times and faults are the same for all of them.
 */
public record Chance(long seed) {

    /** What a stream is for. */
    public enum Stream {
        ARRIVALS(1),
        SERVICE(2),
        COST(3),
        FAULTS(4),
        POLICY(5);

        private final long id;

        Stream(long id) {
            this.id = id;
        }
    }

    /** The stream of this number. */
    public SplittableRandom stream(Stream stream, long number) {
        return new SplittableRandom(mixed(stream, number, 0));
    }

    /** One number from 0 (inclusive) to 1 (exclusive) that belongs to these numbers alone. */
    public double draw(Stream stream, long number, long part) {
        return (mixed(stream, number, part) >>> 11) * 0x1.0p-53;
    }

    /** A standard normal number that belongs to these numbers alone. */
    public double normal(Stream stream, long number, long part) {
        double radius = Math.sqrt(-2 * Math.log(1 - draw(stream, number, 2 * part)));
        return radius * Math.cos(2 * Math.PI * draw(stream, number, 2 * part + 1));
    }

    private long mixed(Stream stream, long number, long part) {
        long state = mix(seed + 0x9E3779B97F4A7C15L * stream.id);
        return mix(mix(state + 0x9E3779B97F4A7C15L * number) + 0x9E3779B97F4A7C15L * part);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long given) {
        long z = given + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
