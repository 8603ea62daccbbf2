package io.aicore.llm;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.CompletionRequest;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.DistinctCalls;
import io.aicore.llm.codec.FollowUp;
import io.aicore.llm.codec.NamedCalls;
import io.aicore.llm.codec.WholeCharacters;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.codec.wire.WireRequest;
import io.aicore.llm.codec.wire.WireResponse;
import io.aicore.llm.error.LlmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** A completion. */
record CompletionOperation(ChatCodec codec, CompletionRequest request, ResumeState resumeState)
        implements WireExchange.Operation<Completion> {

    @Override
    public WireRequest encode() {
        FollowUp announced = resumeState.announced();
        return announced == null ? codec.encode(request, false) : announced.request();
    }

    @Override
    public List<String> texts() {
        return CallerWords.of(request);
    }

    @Override
    public @Nullable String model() {
        return request.model();
    }

    @Override
    public Completion read(WireResponse response) {
        return read(codec, request, response);
    }

    static Completion read(ChatCodec codec, CompletionRequest request, WireResponse response) {
        if (!response.successful()) {
            throw codec.classify(request, response);
        }
        Completion answer = WholeCharacters.in(UnaskedStream.decode(codec, request, response));
        return NamedCalls.in(request, DistinctCalls.in(request.messages(), answer));
    }

    @Override
    public @Nullable FollowUp announced() {
        return resumeState.announced();
    }

    @Override
    public @Nullable FollowUp followUp(WireResponse response) {
        Optional<FollowUp> next = EncodedRequest.linked(() -> Optional.ofNullable(codec.followUp(request, response)));
        resumeState.announced(next.orElse(null));
        return next.orElse(null);
    }

    /** Some hosts put the whole answer into the reasoning; a typed call reads it there too. */
    @Override
    public @Nullable Completion despite(LlmException failure, ContextView context) {
        boolean wanted =
                ErrorClassifier.REASONING_ONLY.equals(failure.code()) && context.hasKey(TypedCall.LOOKS_IN_THOUGHTS);
        return wanted ? failure.partial() : null;
    }
}
