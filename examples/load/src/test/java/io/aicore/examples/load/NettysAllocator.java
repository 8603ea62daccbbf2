package io.aicore.examples.load;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Lets Netty's allocator take its own lock. When many threads ask for memory at once it makes more room, and holds a lock
 * for the moment in which it hands a used piece back: no input or output, and nobody else's code. Netty allows itself the
 * same in its older allocator.
 */
public final class NettysAllocator implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
    }
}
