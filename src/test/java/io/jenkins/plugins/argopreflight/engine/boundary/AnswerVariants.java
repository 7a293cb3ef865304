package io.jenkins.plugins.argopreflight.engine.boundary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Answers that are made of good ones: parts repeated, dropped and put in each other's place. */
final class AnswerVariants {

    private static final int MOST_BYTES = 20 << 20;
    private static final List<String> PARTS = List.of(
            "\r\n",
            "\r\n\r\n",
            "\n",
            "\0",
            "Transfer-Encoding: chunked\r\n",
            "Content-Encoding: gzip\r\n",
            "Content-Length: 7\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Location: /again\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
            "ffffffffffffffff\r\n",
            "0\r\n\r\n",
            "\u001f\u008b\b\b",
            "{\"a\":",
            "[",
            "\"",
            "1",
            "-1e999");

    private final Random random;

    AnswerVariants(long seed) {
        this.random = new Random(seed);
    }

    byte[] next(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        for (int n = random.nextInt(4); n >= 0; n--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(60));
            bytes = switch (random.nextInt(5)) {
                case 0 -> joined(bytes, at, new byte[0], 0, end);
                case 1 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, end), 1 << random.nextInt(21), end);
                case 2 -> joined(bytes, at, part(), 1, at);
                case 3 -> joined(bytes, at, part(), 1 << random.nextInt(21), end);
                default ->
                    joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, 1, Math.min(bytes.length, at + 1));
            };
        }
        return bytes;
    }

    private byte[] part() {
        return PARTS.get(random.nextInt(PARTS.size())).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The bytes until {@code at}, a part so many times, and the bytes from {@code on}. */
    private static byte[] joined(byte[] bytes, int at, byte[] part, int times, int on) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, at);
        for (int i = 0; i < times && joined.size() < MOST_BYTES; i++) {
            joined.writeBytes(part);
        }
        joined.write(bytes, on, bytes.length - on);
        return joined.toByteArray();
    }
}
