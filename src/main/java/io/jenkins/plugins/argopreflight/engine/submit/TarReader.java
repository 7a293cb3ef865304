package io.jenkins.plugins.argopreflight.engine.submit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A reader of the entries of a tar archive, one after the other, in the ustar, pax and GNU formats. Names and sizes are
 * returned as they are written: the caller must not trust them.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html">pax</a>
 */
final class TarReader {

    static final int BLOCK = 512;

    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final long MAX_ATTRIBUTES_BYTES = 16L << 20;

    private final InputStream in;
    private long left;
    private long padding;

    /** The type of an entry. */
    enum Type {
        FILE,
        FOLDER,
        /** A link, a device, or something else without content. */
        OTHER
    }

    /**
     * An entry, before its content.
     *
     * @param size the bytes of content that follow
     */
    record Entry(String name, Type type, long size) {}

    private long attributes;

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * Returns whether this is the first block of a tar archive: its checksum is correct. The offsets and lengths of the
     * fields in a header, in bytes, are those of the ustar format.
     */
    static boolean isHeader(byte[] block) {
        if (block.length < BLOCK || block[0] == 0) {
            return false;
        }
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return sum == octal(block, 148, 8);
    }

    /** Returns the next entry, and skips what was not read of the one before. */
    Optional<Entry> next() throws IOException {
        in.skipNBytes(left + padding);
        left = 0;
        padding = 0;
        String name = "";
        long size = -1;
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.empty();
            }
            if (!isHeader(header)) {
                throw new ArtifactException("it is a damaged tar archive");
            }
            long written = number(header, 124, 12);
            switch (header[156]) {
                case 'L' -> name = text(record(written), 0, (int) written);
                case 'x' -> {
                    byte[] pax = record(written);
                    Map<String, String> values = pax(pax);
                    name = values.getOrDefault("path", name);
                    size = Optional.ofNullable(values.get("size"))
                            .map(TarReader::decimal)
                            .orElse(size);
                }
                case 'g', 'K' -> record(written);
                default -> {
                    left = size < 0 ? written : size;
                    if (left < 0) {
                        throw new ArtifactException("it is a damaged tar archive");
                    }
                    padding = (BLOCK - left % BLOCK) % BLOCK;
                    return Optional.of(new Entry(name.isEmpty() ? name(header) : name, type(header[156]), left));
                }
            }
        }
    }

    /** Reads a part of the entry's content; returns -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw new EOFException("it is a tar archive that ends too early");
        }
        left -= count;
        return count;
    }

    private static Type type(byte flag) {
        return switch (flag) {
            case 0, '0', '7' -> Type.FILE;
            case '5' -> Type.FOLDER;
            default -> Type.OTHER;
        };
    }

    private static String name(byte[] header) {
        String name = text(header, 0, 100);
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private byte[] record(long size) throws IOException {
        if (size < 0 || size > MAX_RECORD_BYTES) {
            throw new ArtifactException("it is a tar archive with a name or attributes of " + size + " bytes");
        }
        attributes += Math.max(BLOCK, size);
        if (attributes > MAX_ATTRIBUTES_BYTES) {
            throw new ArtifactException("it is a tar archive with more than " + (MAX_ATTRIBUTES_BYTES >> 20)
                    + " MiB of names and attributes");
        }
        byte[] record = in.readNBytes((int) size);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        if (record.length < size) {
            throw new EOFException("it is a tar archive that ends too early");
        }
        return record;
    }

    /** Reads pax records, each {@code LENGTH KEY=VALUE} and a newline; the last one of a key counts. */
    private static Map<String, String> pax(byte[] records) throws IOException {
        Map<String, String> found = new HashMap<>();
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (space < records.length && records[space] != ' ') {
                space++;
            }
            long length = decimal(new String(records, at, space - at, StandardCharsets.US_ASCII));
            if (length <= space - at + 1 || at + length > records.length) {
                throw new ArtifactException("it is a damaged tar archive");
            }
            String record = new String(records, space + 1, (int) (at + length - space - 2), StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                found.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at += (int) length;
        }
        return found;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Reads octal digits, or a number in base 256 if the first bit is set. */
    private static long number(byte[] header, int from, int length) {
        if ((header[from] & 0x80) == 0) {
            return octal(header, from, length);
        }
        long value = header[from] & 0x3f;
        for (int i = from + 1; i < from + length; i++) {
            if (value > Long.MAX_VALUE >> 9) {
                return -1;
            }
            value = value << 8 | header[i] & 0xff;
        }
        return value;
    }

    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.matches("[0-7]{1,12}") ? Long.parseLong(digits, 8) : digits.isEmpty() ? 0 : -1;
    }

    private static long decimal(String digits) {
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
