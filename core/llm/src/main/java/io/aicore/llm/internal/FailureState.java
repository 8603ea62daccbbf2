package io.aicore.llm.internal;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.Message;
import io.aicore.llm.chat.ResponseInfo;
import io.aicore.retry.RetryHistory;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call adds to its failure: an {@code LlmException} shows it, only the library sets it, once each. */
public final class FailureState {

    private static volatile @Nullable Function<Throwable, FailureState> reader;

    private volatile @Nullable RetryHistory history;
    private volatile ResponseInfo response = ResponseInfo.NONE;
    private volatile @Nullable Completion partial;
    private volatile List<Message> conversation = List.of();

    /** How an {@code LlmException} is read; called by that class. */
    public static void readBy(Function<Throwable, FailureState> reader) {
        FailureState.reader = reader;
    }

    private static FailureState of(Throwable failure) {
        return Objects.requireNonNull(reader, "LlmException is not loaded").apply(failure);
    }

    /** Sets the history of the call; by the layer that ends it. */
    public static <E extends Throwable> E history(E failure, RetryHistory history) {
        of(failure).history = history;
        return failure;
    }

    /** Sets the metadata of the response; by the layer that received it. */
    public static <E extends Throwable> E response(E failure, ResponseInfo response) {
        of(failure).response = response;
        return failure;
    }

    /** Sets the partial answer; by the layer that received it. */
    public static <E extends Throwable> E partial(E failure, Completion partial) {
        of(failure).partial = partial;
        return failure;
    }

    /** Sets the conversation; by the tool loop. */
    public static <E extends Throwable> E conversation(E failure, List<Message> conversation) {
        of(failure).conversation = List.copyOf(conversation);
        return failure;
    }

    public FailureState copy() {
        FailureState copy = new FailureState();
        copy.history = history;
        copy.response = response;
        copy.partial = partial;
        copy.conversation = conversation;
        return copy;
    }

    public @Nullable RetryHistory history() {
        return history;
    }

    public ResponseInfo response() {
        return response;
    }

    public @Nullable Completion partial() {
        return partial;
    }

    public List<Message> conversation() {
        return conversation;
    }
}
