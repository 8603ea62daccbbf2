package io.aicore.limit;

/** What an attempt reports to admission control: a circuit's permit or a latch's pass. */
interface Ticket {
    boolean end(Outcome outcome);

    void firstByte();

    void broken();

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
