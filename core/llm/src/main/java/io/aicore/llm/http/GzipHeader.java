package io.aicore.llm.http;

import java.util.zip.DataFormatException;

/** Skips the header of one gzip member (RFC 1952), byte by byte. */
final class GzipHeader {

    private static final int[] MAGIC = {0x1f, 0x8b, 8};
    private static final int FLAGS = 3;
    private static final int FIXED = 10;
    private static final int CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private int taken;
    private int flags;
    private int extra;
    private int lengthBytes;
    private int checksumBytes;

    /** Whether this byte can begin a member. */
    static boolean begins(byte b) {
        return b == MAGIC[0];
    }

    /** Whether no byte was received. */
    boolean isNew() {
        return taken == 0;
    }

    /** Consumes the next byte; true if it is the last one. */
    boolean take(byte next) throws DataFormatException {
        int b = Byte.toUnsignedInt(next);
        if (taken < FIXED) {
            fixed(b);
        } else if ((flags & EXTRA) != 0) {
            extra(b);
        } else if ((flags & NAME) != 0) {
            ends(NAME, b == 0);
        } else if ((flags & COMMENT) != 0) {
            ends(COMMENT, b == 0);
        } else {
            ends(CHECKSUM, ++checksumBytes == 2);
        }
        return taken == FIXED && flags == 0;
    }

    private void fixed(int b) throws DataFormatException {
        if (taken < MAGIC.length && b != MAGIC[taken]) {
            throw new DataFormatException("not gzip");
        }
        if (taken == FLAGS) {
            flags = b & (CHECKSUM | EXTRA | NAME | COMMENT);
        }
        taken++;
    }

    private void extra(int b) {
        if (lengthBytes < 2) {
            extra |= b << (8 * lengthBytes++);
            ends(EXTRA, lengthBytes == 2 && extra == 0);
        } else {
            ends(EXTRA, --extra == 0);
        }
    }

    private void ends(int flag, boolean now) {
        flags = now ? flags & ~flag : flags;
    }
}
