package io.aicore.limit;

/** What an attempt under admission control reports: a circuit's permit, or a latch's pass. */
interface Ticket {
    boolean end(Outcome outcome);

    void firstByte();

    void broken();

    /** Of no admission at all. */
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
