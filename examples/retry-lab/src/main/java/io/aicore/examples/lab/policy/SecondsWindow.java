package io.aicore.examples.lab.policy;

/** Two counts over the last seconds, by whole seconds. */
final class SecondsWindow {

    private final int[] all;
    private final int[] good;
    private long second;
    private int allSum;
    private int goodSum;

    SecondsWindow(int seconds) {
        all = new int[seconds];
        good = new int[seconds];
    }

    /** Forgets what is older than the window at this time. */
    void at(double now) {
        long to = (long) now;
        int size = all.length;
        for (long passed = Math.max(second + 1, to - size + 1); passed <= to; passed++) {
            int bucket = (int) (passed % size);
            allSum -= all[bucket];
            goodSum -= good[bucket];
            all[bucket] = 0;
            good[bucket] = 0;
        }
        second = Math.max(second, to);
    }

    void add() {
        all[(int) (second % all.length)]++;
        allSum++;
    }

    void addGood() {
        good[(int) (second % good.length)]++;
        goodSum++;
    }

    int all() {
        return allSum;
    }

    int good() {
        return goodSum;
    }
}
