package io.aicore.bedrock;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content blocks of a stream in the order they began. An index may be used again: its last block is the one that grows. */
final class StreamedBlocks {

    private static final JsonFields CALL = Json.read("{\"toolUse\":{}}");

    private final List<StreamedBlock> all = new ArrayList<>();
    private final Map<Integer, List<StreamedBlock>> open = new LinkedHashMap<>();
    private int tools;

    StreamedBlock started(int index, JsonFields start) {
        StreamedBlock block = new StreamedBlock(start, Blocks.isCall(start) ? tools++ : -1);
        all.add(block);
        open.computeIfAbsent(index, next -> new ArrayList<>()).add(block);
        return block;
    }

    /** A block that begins with this delta. */
    StreamedBlock begun(int index, JsonFields delta) {
        return started(index, delta.at("toolUse").isObject() ? CALL : JsonFields.MISSING);
    }

    /**
     * The block at this index that the delta is more of; null if there is none. Words go on with the last block alone, so that
     * they keep their order; input goes on with its call.
     */
    @Nullable
    StreamedBlock growing(int index, JsonFields delta) {
        List<StreamedBlock> blocks = open.getOrDefault(index, List.of());
        int first = delta.at("toolUse").isObject() ? 0 : Math.max(0, blocks.size() - 1);
        for (int i = blocks.size() - 1; i >= first; i--) {
            if (blocks.get(i).goesOn(delta)) {
                return blocks.get(i);
            }
        }
        return null;
    }

    /** The last block at this index if words go on with it, or a new one. */
    StreamedBlock words(int index) {
        List<StreamedBlock> blocks = open.getOrDefault(index, List.of());
        StreamedBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        return last != null && last.takesWords() ? last : started(index, JsonFields.MISSING);
    }

    /** Ends the blocks at this index. */
    List<StreamedBlock> stopped(int index) {
        List<StreamedBlock> ended = open.remove(index);
        return ended == null ? List.of() : ended;
    }

    /** Ends all blocks. */
    List<StreamedBlock> stopped() {
        List<StreamedBlock> ended = open.values().stream().flatMap(List::stream).toList();
        open.clear();
        return ended;
    }

    boolean special() {
        return all.stream().anyMatch(StreamedBlock::isSpecial);
    }

    boolean calls() {
        return tools > 0;
    }

    /** Whether there is reasoning, which may be encrypted. */
    boolean thought() {
        return all.stream().anyMatch(StreamedBlock::isThought);
    }

    /** Whether there are blocks that are neither text, calls nor reasoning. */
    boolean others() {
        return all.stream().anyMatch(StreamedBlock::isOther);
    }

    List<Map<String, Object>> whole() {
        return all.stream().map(StreamedBlock::whole).toList();
    }
}
