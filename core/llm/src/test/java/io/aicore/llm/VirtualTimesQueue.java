package io.aicore.llm;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets an event loop put a task into the queue of virtual time while a test advances it: the queue's lock is held for
 * moments, and only in tests. What the tasks do is watched as ever.
 */
public final class VirtualTimesQueue implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        for (String method : new String[] {"offer", "poll", "peek", "size", "remove"}) {
            builder.allowBlockingCallsInside("java.util.concurrent.PriorityBlockingQueue", method);
        }
    }
}
