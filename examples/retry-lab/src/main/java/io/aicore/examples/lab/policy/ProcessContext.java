package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.scenario.AiCoreSpec;
import io.aicore.examples.lab.time.VirtualScheduler;
import java.util.SplittableRandom;

/**
 * What a client gets from its process.
 *
 * @param scheduler clock and timer
 * @param random its own stream of random numbers
 * @param aicore settings of this library's own policy
 * @param deadline of each call, in seconds
 * @param streams whether answers come as streams
 */
public record ProcessContext(
        VirtualScheduler scheduler, SplittableRandom random, AiCoreSpec aicore, double deadline, boolean streams) {}
