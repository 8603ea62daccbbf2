package io.aicore.observability.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The files of the page, from the jar, in memory. */
final class Assets {

    private static final String PAGE = "index.html";
    private static final String NAMES = """
            index.html icon.svg style.css app.js api.js charts.js admission.js circuits.js detail.js dom.js figures.js
            filters.js format.js groups.js live.js login.js state.js table.js uPlot.esm.js uPlot.min.css
            uPlot.LICENSE.txt""";

    private final Map<String, Asset> files;

    private Assets(Map<String, Asset> files) {
        this.files = files;
    }

    /** A file with a tag that is another one when it is. */
    @SuppressWarnings("ArrayRecordComponent") // Files are never compared, and their content is never changed.
    record Asset(String type, byte[] content, String tag) {}

    /** The file of this name, the page for none; null if there is no such file. */
    @Nullable
    Asset of(String name) {
        return files.get(name.isEmpty() ? PAGE : name);
    }

    /** Reads them all, which blocks: before there is a server. */
    static Assets load() {
        Map<String, Asset> files = new TreeMap<>();
        for (String name : NAMES.split("\\s+", -1)) {
            byte[] bytes = read(name);
            CRC32 sum = new CRC32();
            sum.update(bytes);
            files.put(name, new Asset(type(name), bytes, "\"" + Long.toHexString(sum.getValue()) + "\""));
        }
        return new Assets(files);
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/plain; charset=utf-8";
        };
    }

    private static byte[] read(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing in the jar of aicore-observability");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
