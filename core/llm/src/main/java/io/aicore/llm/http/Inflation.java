package io.aicore.llm.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decodes a body of {@code gzip} (one or several members) or {@code deflate} (with zlib's header or without) as it
 * arrives; emits what is available, in pieces of at most {@value #PIECE} bytes, on demand.
 */
final class Inflation {

    static final int PIECE = 8 << 10;

    private static final int TRAILER = 8;
    private static final int ZLIB_HEADER = 2;

    private final TransportErrors faults;
    private final boolean gzip;
    private final byte[] buffer = new byte[PIECE];
    private final CRC32 checksum = new CRC32();
    private GzipHeader header = new GzipHeader();
    private byte[] input = new byte[0];
    private int position;
    private int members;
    private @Nullable Inflater inflater;
    private boolean whole;
    private boolean closed;

    private Inflation(boolean gzip, TransportErrors faults) {
        this.gzip = gzip;
        this.faults = faults;
    }

    /**
     * The decoded body.
     *
     * @param encodings the value of {@code content-encoding}: names in the order in which they were applied
     */
    static Flux<byte[]> decoded(Flux<byte[]> body, String encodings, TransportErrors faults) {
        List<Boolean> gzips = new ArrayList<>();
        for (String encoding : encodings.split(",", -1)) {
            switch (encoding.strip().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzips.add(0, true);
                case "deflate" -> gzips.add(0, false);
                case "", "identity", "none", "utf-8" -> {
                    // The last one is a charset, which some hosts put here.
                }
                default -> {
                    return Flux.error(faults.unknownEncoding(encoding.strip()));
                }
            }
        }
        Flux<byte[]> decoded = body;
        for (boolean gzip : gzips) {
            decoded = inflated(decoded, gzip, faults);
        }
        return decoded;
    }

    private static Flux<byte[]> inflated(Flux<byte[]> body, boolean gzip, TransportErrors faults) {
        return Flux.using(
                () -> new Inflation(gzip, faults),
                inflation -> body.concatMap(bytes -> Flux.fromIterable(inflation.pieces(bytes)), 0)
                        .concatWith(Mono.fromRunnable(inflation::finish)),
                Inflation::close);
    }

    private Iterable<byte[]> pieces(byte[] bytes) {
        take(bytes);
        return () -> new Iterator<>() {
            private byte @Nullable [] piece;

            @Override
            public boolean hasNext() {
                piece = piece == null ? piece() : piece;
                return piece != null;
            }

            @Override
            public byte[] next() {
                if (!hasNext() || piece == null) {
                    throw new NoSuchElementException();
                }
                byte[] next = piece;
                piece = null;
                return next;
            }
        };
    }

    // Synchronized, as the methods below: a cancel may close it from another thread while the event loop is at work.
    private synchronized void take(byte[] bytes) {
        byte[] left = Arrays.copyOfRange(input, position, input.length + bytes.length);
        System.arraycopy(bytes, 0, left, input.length - position, bytes.length);
        input = left;
        position = 0;
    }

    private synchronized byte @Nullable [] piece() {
        try {
            while (!closed && !whole && advanced()) {
                byte[] piece = inflated();
                if (piece.length > 0) {
                    return piece;
                }
            }
            return null;
        } catch (DataFormatException e) {
            throw faults.badCompression(e);
        }
    }

    /** Skips what is not content; false if more bytes are needed. */
    private boolean advanced() throws DataFormatException {
        if (inflater == null) {
            inflater = gzip ? member() : deflated();
        } else if (inflater.finished()) {
            return gzip ? memberEnded() : ended();
        }
        if (inflater == null) {
            return whole;
        }
        if (inflater.needsInput() && position < input.length) {
            inflater.setInput(input, position, input.length - position);
            position = input.length;
        }
        return !inflater.needsInput();
    }

    private byte[] inflated() throws DataFormatException {
        if (inflater == null || inflater.finished()) {
            return new byte[0];
        }
        int length = inflater.inflate(buffer);
        if (inflater.needsDictionary()) {
            throw new DataFormatException("it needs a dictionary");
        }
        if (inflater.finished()) {
            position = input.length - inflater.getRemaining();
        }
        checksum.update(buffer, 0, length);
        return Arrays.copyOf(buffer, length);
    }

    /** The next member; null if its header is incomplete or none follows: other trailing bytes are padding. */
    private @Nullable Inflater member() throws DataFormatException {
        while (position < input.length) {
            if (members > 0 && header.isNew() && !GzipHeader.begins(input[position])) {
                ended();
                return null;
            }
            if (header.take(input[position++])) {
                header = new GzipHeader();
                checksum.reset();
                members++;
                return new Inflater(true);
            }
        }
        return null;
    }

    private boolean memberEnded() throws DataFormatException {
        if (input.length - position < TRAILER) {
            return false;
        }
        if (number(position) != checksum.getValue()) {
            throw new DataFormatException("the checksum does not match");
        }
        position += TRAILER;
        release();
        return true;
    }

    private long number(int at) {
        long number = 0;
        for (int i = 3; i >= 0; i--) {
            number = number << 8 | Byte.toUnsignedInt(input[at + i]);
        }
        return number;
    }

    /** With zlib's header, as the standard requires, or without, as some servers send it. */
    private @Nullable Inflater deflated() {
        if (input.length - position < ZLIB_HEADER) {
            return null;
        }
        int first = Byte.toUnsignedInt(input[position]);
        int second = Byte.toUnsignedInt(input[position + 1]);
        boolean framed = (first & 0x0f) == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0;
        members++;
        return new Inflater(!framed);
    }

    private boolean ended() {
        whole = true;
        release();
        return true;
    }

    private void release() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    /** The end of the body, which must not be within a member. */
    private synchronized void finish() {
        boolean untouched = inflater == null && header.isNew() && (gzip ? true : position == input.length);
        if (!closed && !whole && !untouched) {
            throw faults.badCompression(new DataFormatException("it is truncated"));
        }
    }

    private synchronized void close() {
        closed = true;
        release();
    }
}
