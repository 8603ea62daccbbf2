package io.aicore.examples.lab.call;

/** Where attempts arrive. */
public interface Provider {

    /** Takes an attempt, and ends it now or later. */
    void receive(Exchange exchange);
}
