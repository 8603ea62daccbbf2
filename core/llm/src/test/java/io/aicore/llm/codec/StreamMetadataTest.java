package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import org.junit.jupiter.api.Test;

class StreamMetadataTest {

    private final StreamMetadata metadata = new StreamMetadata();

    @Test
    void tellsEachThingOnce() {
        metadata.identify("", null);
        metadata.identify("a-1", "m-1");
        metadata.identify("a-2", "m-2");

        assertThat(metadata.next(false, true)).isNull();
        assertThat(metadata.next(true, false)).isEqualTo(ChunkInfo.of("a-1", "m-1"));
        assertThat(metadata.next(true, false)).isNull();
        assertThat(metadata.content()).isTrue();

        metadata.finish(FinishReason.STOP, "stop");
        metadata.finish(FinishReason.LENGTH, "length");
        assertThat(metadata.next(false, false)).isEqualTo(ChunkInfo.of(FinishReason.STOP, "stop"));
        assertThat(metadata.next(false, true)).isNull();
    }

    @Test
    void tellsUsageWhenItIsFinalAndWhenItChanges() {
        metadata.usage(Usage.of(9, 1));
        assertThat(metadata.next(true, false)).isNull();
        assertThat(metadata.next(false, true)).isEqualTo(ChunkInfo.of(Usage.of(9, 1)));
        metadata.usage(null);
        assertThat(metadata.next(false, true)).isNull();
        metadata.usage(Usage.of(9, 4));
        assertThat(metadata.next(false, true)).isEqualTo(ChunkInfo.of(Usage.of(9, 4)));
    }

    @Test
    void introducesTheAnswerOnceItIsKnown() {
        assertThat(metadata.next(true, false)).isNull();
        metadata.identify(null, "m-1");

        assertThat(metadata.next(false, false)).isNull();
        assertThat(metadata.next(true, false)).isEqualTo(ChunkInfo.of((String) null, "m-1"));
        assertThat(metadata.next(true, false)).isNull();
    }

    @Test
    void aLaterZeroErasesNoCount() {
        metadata.usage(new Usage(9, 4, 3, 2, 1));
        metadata.usage(Usage.of(0, 6));

        assertThat(metadata.next(false, true)).isEqualTo(ChunkInfo.of(new Usage(9, 6, 3, 2, 1)));
    }

    @Test
    void anAnswerWithoutContentIsIntroducedByItsEnd() {
        metadata.identify("a-1", "m-1");
        metadata.finish(FinishReason.LENGTH, null);

        assertThat(metadata.next(false, false))
                .isEqualTo(new ChunkInfo("a-1", "m-1", FinishReason.LENGTH, null, null, null));
        assertThat(metadata.content()).isFalse();
        assertThat(metadata.finish()).isEqualTo(FinishReason.LENGTH);
    }
}
