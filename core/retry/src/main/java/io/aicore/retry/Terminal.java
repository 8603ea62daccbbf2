package io.aicore.retry;

/** Decides which of success, failure, deadline and cancel ends a call. */
interface Terminal {

    /** True for the first one that asks: its signal ends the call. */
    boolean end();

    /** Whether the caller has elements that another attempt would repeat. */
    boolean committed();
}
