package io.aicore.llm.http;

/** How late one event loop is. */
interface LoopLag {

    /** An event loop that is always in time. */
    LoopLag NONE = new LoopLag() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void enter() {}

        @Override
        public void leave() {}
    };

    /** By how much it was late in all; only the difference of two readings means something. */
    long nanos();

    /** Measures from now on. */
    void enter();

    /** Ends what {@link #enter} began; it is measured until the last has left. */
    void leave();
}
