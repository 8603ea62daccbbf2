package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/** Makes tags of meters from the key-values of an observation. */
final class MeterTags {

    private MeterTags() {}

    static Tags of(KeyValues call) {
        List<Tag> tags = new ArrayList<>();
        for (KeyValue each : call) {
            tags.add(Tag.of(each.getKey(), each.getValue()));
        }
        return Tags.of(tags);
    }
}
