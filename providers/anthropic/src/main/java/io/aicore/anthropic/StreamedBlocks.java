package io.aicore.anthropic;

import io.aicore.llm.codec.json.Json;
import io.aicore.llm.codec.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content blocks of a stream in the order they began. An index may be used again: its last block is the one that grows. */
final class StreamedBlocks {

    private final List<StreamedBlock> all = new ArrayList<>();
    private final Map<Integer, List<StreamedBlock>> open = new LinkedHashMap<>();
    private int tools;

    /** What a block begins with whose start was left out. */
    static JsonFields empty(String type) {
        return Json.read("{\"type\":\"" + type + "\"}");
    }

    StreamedBlock started(int index, JsonFields start) {
        boolean call = "tool_use".equals(start.string("type"));
        StreamedBlock block = new StreamedBlock(start, call ? tools++ : -1);
        all.add(block);
        open.computeIfAbsent(index, next -> new ArrayList<>()).add(block);
        return block;
    }

    /** The last block at this index if it is of this type, or a new one. */
    StreamedBlock last(int index, String type) {
        List<StreamedBlock> blocks = at(index);
        StreamedBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && last.type().equals(type)) {
            return last;
        }
        if (last != null && !last.hasInput() && last.isEmpty()) {
            // It was announced as what it is not.
            all.remove(last);
            blocks.remove(last);
        }
        return started(index, empty(type));
    }

    /** The block that a signature at this index belongs to: the last thought, or a new one. */
    StreamedBlock signed(int index) {
        List<StreamedBlock> blocks = at(index);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (!blocks.get(i).type().equals("text")) {
                return blocks.get(i);
            }
        }
        return last(index, "thinking");
    }

    /** The call at this index that was begun last; null if there is none. */
    @Nullable
    StreamedBlock withInput(int index) {
        List<StreamedBlock> blocks = at(index);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            if (blocks.get(i).hasInput()) {
                return blocks.get(i);
            }
        }
        return null;
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
        return all.stream().anyMatch(block -> block.isSpecial() && !block.isThought());
    }

    List<Map<String, Object>> whole() {
        return all.stream().map(StreamedBlock::whole).toList();
    }

    void clear() {
        all.clear();
        open.clear();
        tools = 0;
    }

    private List<StreamedBlock> at(int index) {
        return open.getOrDefault(index, List.of());
    }
}
