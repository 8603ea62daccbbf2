package io.aicore.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.observe.CallEnd;
import io.aicore.llm.observe.CallObservation;
import io.aicore.llm.observe.CallObserver;
import io.aicore.llm.observe.CallStart;
import io.aicore.retry.RetryEvent;
import java.util.ArrayList;
import java.util.List;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Writes down what an observer of calls is told. */
final class Notebook implements CallObserver {

    final List<CallStart> starts = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final List<CallEnd> ends = new ArrayList<>();
    final List<Object> callers = new ArrayList<>();

    @Override
    public CallObservation begin(CallStart start, ContextView context) {
        starts.add(start);
        callers.add(context.getOrDefault("caller", "nobody"));
        return new CallObservation() {
            @Override
            public void onEvent(RetryEvent event) {
                told.add(event.getClass().getSimpleName() + " " + event.number());
            }

            @Override
            public void ended(CallEnd end) {
                told.add("ended " + end.outcome());
                ends.add(end);
            }

            @Override
            public Context attemptContext(Context context) {
                return context.put("seen", told.get(told.size() - 1));
            }
        };
    }

    CallEnd end() {
        assertThat(ends).hasSize(1);
        return ends.get(0);
    }
}
