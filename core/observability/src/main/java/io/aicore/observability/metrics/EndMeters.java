package io.aicore.observability.metrics;

import io.aicore.llm.chat.Usage;
import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallKind;
import io.aicore.llm.observe.CallOutcome;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Timer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The meters of calls that ended alike. Those of streams and of tokens are registered when there are such calls. */
final class EndMeters {

    /** How a call ended. */
    record Ending(CallKind kind, KeyValues call, String responseModel, String errorType, CallOutcome outcome) {}

    private final Timer duration;
    private final Supplier<Timer> firstChunk;
    private final Supplier<Consumer<Usage>> tokens;

    EndMeters(Timer duration, Supplier<Timer> firstChunk, Supplier<Consumer<Usage>> tokens) {
        this.duration = duration;
        this.firstChunk = new Later<>(firstChunk);
        this.tokens = new Later<>(tokens);
    }

    void record(CallEnd end) {
        duration.record(end.latency());
        if (end.timeToFirstToken() != null) {
            firstChunk.get().record(end.timeToFirstToken());
        }
        if (end.usage() != null) {
            tokens.get().accept(end.usage());
        }
    }
}
