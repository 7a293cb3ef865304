package io.jenkins.plugins.argopreflight.engine.boundary;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/** An answer to one request that has no end, or none that a client can wait for. */
enum Attack {
    STATUS_LINE("HTTP/1.1 200 ", Endless.of("a")),
    HEADER(Attack.HEAD + "X-A: ", Endless.of("a")),
    HEADERS(Attack.HEAD, Endless.of("X-A: b\r\n")),
    HINTS("", Endless.of("HTTP/1.1 103 Early Hints\r\nX-A: b\r\n\r\n")),
    SLOW_HEADER(Attack.HEAD + "X-A: ", Endless.slowly("a")),
    CHUNK_SIZE(Attack.CHUNKED, Endless.of("0")),
    CHUNK_EXTENSION(Attack.CHUNKED + "1;", Endless.of("a")),
    CHUNK_END(Attack.CHUNKED + "1\r\n{", Endless.of("a")),
    CHUNK(Attack.CHUNKED + "7fffffffffffffff\r\n{", Endless.of(" ")),
    CHUNKS(Attack.CHUNKED, Endless.of("1\r\n \r\n")),
    SLOW_CHUNK(Attack.CHUNKED, Endless.slowly("1\r\n \r\n")),
    TRAILER(Attack.CHUNKED + "2\r\n{}\r\n0\r\nX-A: ", Endless.of("a")),
    TRAILERS(Attack.CHUNKED + "2\r\n{}\r\n0\r\n", Endless.of("X-A: b\r\n")),
    GZIP(Attack.GZIPPED, Endless.compressed("{\"items\":[", "{},")),
    GZIP_NAME(Attack.GZIPPED, Endless.compressedName()),
    LINE(Attack.BODY, Endless.of("a")),
    LINES(Attack.BODY, Endless.of("a\n")),
    EMPTY_LINES(Attack.BODY, Endless.of("\n")),
    SLOW_LINE(Attack.BODY, Endless.slowly("a")),
    JSON_DEPTH(Attack.BODY, Endless.of("{\"a\":[")),
    JSON_KEY(Attack.BODY + "{\"", Endless.of("a")),
    JSON_KEYS(Attack.BODY + "{\"items\":[", Endless.of("{\"%s\":1},")),
    JSON_NUMBER(Attack.BODY + "{\"metadata\":{\"continue\":1", Endless.of("1")),
    JSON_TEXT(Attack.BODY + "{\"gitVersion\":\"", Endless.of("a")),
    JSON_OBJECTS(Attack.BODY + "{\"items\":[", Endless.of("{},")),
    PAGES(Attack.BODY + "{\"metadata\":{\"continue\":\"%s\"},\"items\":[]}", Endless.nothing()),
    PAGE_TOKEN(
            Attack.BODY + "{\"metadata\":{\"continue\":\"" + "%s".repeat(100_000) + "\"},\"items\":[]}",
            Endless.nothing()),
    EVENT(Attack.BODY + "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"", Endless.of("a")),
    EVENTS(
            Attack.BODY,
            Endless.of("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"1\"}}}\n"));

    static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    static final String BODY = HEAD + "Connection: close\r\n\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String GZIPPED = HEAD + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n";

    private static final Set<String> FRAMING = Set.of(
            "STATUS_LINE", "HEADER", "HEADERS", "CHUNK_SIZE", "CHUNK_EXTENSION", "CHUNK_END", "TRAILER", "TRAILERS");

    private final String start;
    private final Endless rest;

    Attack(String start, Endless rest) {
        this.start = start;
        this.rest = rest;
    }

    /** Returns whether it is in the head of the answer, which also answers a request for headers. */
    boolean isOfHead() {
        return !start.contains("\r\n\r\n");
    }

    boolean isSlow() {
        return name().startsWith("SLOW");
    }

    /** Returns whether it is beside the body: it is cut off at the limit of HTTP's headers. */
    boolean isOfFraming() {
        return FRAMING.contains(name());
    }

    /** @param status such as {@code 200 OK} */
    void write(OutputStream out, String status) throws IOException {
        out.write(Endless.bytes(start.replace("200 OK", status)));
        out.flush();
        rest.write(out);
    }
}
