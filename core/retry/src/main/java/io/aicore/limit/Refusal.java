package io.aicore.limit;

/** In place of a ticket: the attempt is refused. To throw the reason would cost more than all else of a refusal. */
record Refusal(Throwable why) implements Ticket {

    @Override
    public boolean end(Outcome outcome) {
        return false;
    }

    @Override
    public void firstByte() {}

    @Override
    public void broken() {}
}
