package io.jenkins.plugins.argopreflight.engine.boundary;

import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;

/** The rest of an answer, which goes on until the client has closed the connection. */
@FunctionalInterface
interface Endless {

    /** Stands for a number that is another one in each place. */
    String COUNTED = "%s";

    int BLOCK = 1 << 16;
    AtomicLong NUMBER = new AtomicLong();

    void write(OutputStream out) throws IOException;

    /** The end of an answer that is whole. */
    Endless NOTHING = out -> {};

    /** Sends nothing more. */
    Endless SILENCE = out -> {
        throw new RawServer.Silence();
    };

    static Endless of(String text) {
        return out -> {
            byte[] block = block(text);
            while (true) {
                out.write(block);
                out.flush();
                block = text.contains(COUNTED) ? block(text) : block;
            }
        };
    }

    /** Writes a byte a second. */
    static Endless slowly(String text) {
        return out -> {
            try {
                for (int i = 0; ; i = (i + 1) % text.length()) {
                    out.write(text.charAt(i));
                    out.flush();
                    Thread.sleep(1000);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Writes a text again and again, compressed, after a begin of its own. */
    static Endless compressed(String begin, String text) {
        byte[] start = deflate(bytes(begin));
        byte[] block = deflate(block(text));
        return out -> {
            out.write(new byte[] {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, 0});
            out.write(start);
            while (true) {
                out.write(block);
            }
        };
    }

    /** Compresses bytes to a part that can be repeated: it refers to nothing before it. */
    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        byte[] part = new byte[2 * BLOCK];
        int length = deflater.deflate(part, 0, part.length, Deflater.FULL_FLUSH);
        deflater.end();
        return Arrays.copyOf(part, length);
    }

    /** Writes the head of a compressed file whose name has no end. */
    static Endless compressedName() {
        return out -> {
            out.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
            of("a").write(out);
        };
    }

    static byte[] bytes(String text) {
        StringBuilder counted = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(COUNTED); at >= 0; at = text.indexOf(COUNTED, from)) {
            counted.append(text, from, at).append('n').append(NUMBER.incrementAndGet());
            from = at + COUNTED.length();
        }
        return counted.append(text, from, text.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] block(String text) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        while (block.size() < BLOCK) {
            block.writeBytes(bytes(text));
        }
        return block.toByteArray();
    }
}
