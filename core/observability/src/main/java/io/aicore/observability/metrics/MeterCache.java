package io.aicore.observability.metrics;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of one name by their tags, so that a call neither makes tags nor searches a registry for its meters. */
final class MeterCache<M extends Meter> {

    /** Beyond it the registry is asked for each call. */
    private static final int MOST = 1_000;

    /** The tags of calls, and the values of the further ones. */
    private record Key(KeyValues call, List<String> further) {}

    private final MeterProvider<M> meters;
    private final KeyName[] further;
    private final Map<Key, M> known = new ConcurrentHashMap<>();

    MeterCache(MeterRegistry registry, MeterProvider<M> meters, KeyName... further) {
        this.meters = meters;
        this.further = further;
        registry.config().onMeterRemoved(gone -> known.clear());
    }

    /** The meter with the tags of a call and the further ones of this cache, in their order. */
    M of(KeyValues call, List<String> values) {
        Key key = new Key(call, values);
        M meter = known.get(key);
        if (meter == null) {
            meter = meters.withTags(tags(call, values));
            if (known.size() < MOST) {
                known.put(key, meter);
            }
        }
        return meter;
    }

    private List<Tag> tags(KeyValues call, List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (KeyValue each : call) {
            tags.add(Tag.of(each.getKey(), each.getValue()));
        }
        for (int i = 0; i < further.length; i++) {
            tags.add(Tag.of(further[i].asString(), values.get(i)));
        }
        return tags;
    }
}
