package io.aicore.llm.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.ChunkInfo;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.chat.Usage;
import org.junit.jupiter.api.Test;

class StreamNewsTest {

    private final StreamNews news = new StreamNews();

    @Test
    void tellsEachThingOnce() {
        news.identify("", null);
        news.identify("a-1", "m-1");
        news.identify("a-2", "m-2");

        assertThat(news.next(false, true)).isNull();
        assertThat(news.next(true, false)).isEqualTo(ChunkInfo.of("a-1", "m-1"));
        assertThat(news.next(true, false)).isNull();
        assertThat(news.content()).isTrue();

        news.finish(FinishReason.STOP, "stop");
        news.finish(FinishReason.LENGTH, "length");
        assertThat(news.next(false, false)).isEqualTo(ChunkInfo.of(FinishReason.STOP, "stop"));
        assertThat(news.next(false, true)).isNull();
    }

    @Test
    void tellsUsageWhenItIsFinalAndWhenItChanges() {
        news.usage(Usage.of(9, 1));
        assertThat(news.next(true, false)).isEqualTo(ChunkInfo.of((String) null, null));
        assertThat(news.next(false, true)).isEqualTo(ChunkInfo.of(Usage.of(9, 1)));
        news.usage(null);
        assertThat(news.next(false, true)).isNull();
        news.usage(Usage.of(9, 4));
        assertThat(news.next(false, true)).isEqualTo(ChunkInfo.of(Usage.of(9, 4)));
    }

    @Test
    void aLaterZeroErasesNoCount() {
        news.usage(new Usage(9, 4, 3, 2, 1));
        news.usage(Usage.of(0, 6));

        assertThat(news.next(false, true)).isEqualTo(ChunkInfo.of(new Usage(9, 6, 3, 2, 1)));
    }

    @Test
    void anAnswerWithoutContentIsIntroducedByItsEnd() {
        news.identify("a-1", "m-1");
        news.finish(FinishReason.LENGTH, null);

        assertThat(news.next(false, false))
                .isEqualTo(new ChunkInfo("a-1", "m-1", FinishReason.LENGTH, null, null, null));
        assertThat(news.content()).isFalse();
        assertThat(news.finish()).isEqualTo(FinishReason.LENGTH);
    }
}
