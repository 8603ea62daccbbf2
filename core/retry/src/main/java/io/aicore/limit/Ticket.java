package io.aicore.limit;

/** What an attempt reports to admission control: a circuit's permit or a latch's pass. */
interface Ticket {
    boolean end(Outcome outcome);

    /** As {@link #end(Outcome)}, for who needs to know more. */
    default boolean end(AttemptOutcome outcome) {
        return end(outcome.health());
    }

    void firstByte();

    void broken();

    /** The attempt is over, whatever its outcome. */
    default void release() {}

    /** No admission control. */
    Ticket NONE = new Ticket() {
        @Override
        public boolean end(Outcome outcome) {
            return true;
        }

        @Override
        public void firstByte() {}

        @Override
        public void broken() {}
    };
}
