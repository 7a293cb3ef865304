package io.jenkins.plugins.argopreflight.engine.boundary;

import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/** An answer to one request that has no end, that no client can wait for, or that means harm. */
public enum Attack implements RawServer.Writer {
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
    GZIP_SPACES(Attack.GZIPPED, Endless.compressed("{\"items\":[", " ")),
    GZIP_DEPTH(Attack.GZIPPED, Endless.compressed("{\"items\":[", "[")),
    GZIP_KEYS(Attack.GZIPPED, Endless.compressed("{\"items\":[", "\"a\":1,")),
    GZIP_TEXT(Attack.GZIPPED, Endless.compressed("{\"items\":[", "x")),
    GZIP_ZEROS(Attack.GZIPPED, Endless.compressed("{\"items\":[", "\0")),
    GZIP_NAME(Attack.GZIPPED, Endless.compressedName()),
    LENGTH(Attack.HEAD + "Content-Length: 99999999999\r\n\r\n", Endless.of("x")),
    LINE(Attack.BODY, Endless.of("a")),
    LINES(Attack.BODY, Endless.of("a\n")),
    EMPTY_LINES(Attack.BODY, Endless.of("\n")),
    SLOW_LINE(Attack.BODY, Endless.slowly("a")),
    SILENCE("", Endless.SILENCE),
    SILENT_HEADER("HTTP/1.1 200 OK\r\nContent-Type: appl", Endless.SILENCE),
    SILENT_BODY(Attack.HEAD + "Content-Length: 1000\r\n\r\n{\"errors\": ", Endless.SILENCE),
    JSON_DEPTH(Attack.BODY, Endless.of("{\"a\":[")),
    JSON_KEY(Attack.BODY + "{\"", Endless.of("a")),
    JSON_KEYS(Attack.BODY + "{\"items\":[", Endless.of("{\"%s\":1},")),
    JSON_NUMBER(Attack.BODY + "{\"metadata\":{\"continue\":1", Endless.of("1")),
    JSON_TEXT(Attack.BODY + "{\"gitVersion\":\"", Endless.of("a")),
    JSON_OBJECTS(Attack.BODY + "{\"items\":[", Endless.of("{},")),
    TOKEN(Attack.BODY + "{\"token\":\"", Endless.of("x")),
    TOKEN_HEADER(Attack.BODY + "{\"token\":\"x\\r\\nX-Evil: yes\"}", Endless.NOTHING),
    TOKEN_TYPE(Attack.BODY + "{\"token\":{\"a\":[1]},\"access_token\":[]}", Endless.NOTHING),
    PAGE(Attack.BODY + "{\"metadata\":{\"continue\":\"1\"},\"items\":[]}", Endless.NOTHING),
    PAGES(Attack.BODY + "{\"metadata\":{\"continue\":\"%s\"},\"items\":[]}", Endless.NOTHING),
    PAGES_OF_OBJECTS(
            Attack.BODY + "{\"metadata\":{\"continue\":\"%s\"},\"items\":[" + "{},".repeat(999) + "{}]}",
            Endless.NOTHING),
    PAGE_TOKEN(
            Attack.BODY + "{\"metadata\":{\"continue\":\"" + "%s".repeat(100_000) + "\"},\"items\":[]}",
            Endless.NOTHING),
    EVENT(Attack.BODY + "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"", Endless.of("a")),
    EVENTS(
            Attack.BODY,
            Endless.of("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"%s\",\"resourceVersion\":\"1\"}}}\n")),
    NO_HTTP("SSH-2.0-OpenSSH_9.2\r\n\r\n", Endless.NOTHING),
    NO_JSON(Attack.BODY + "<html>\n<p>Log in</p>\n", Endless.NOTHING),
    CONTROLS(Attack.BODY + "{\"errors\":[{\"message\":\"a\\u001b[31mb\\u0000\\u202e\\nc\"}]}", Endless.NOTHING),
    LYING_LENGTH(Attack.HEAD + "Content-Length: 99999\r\n\r\n{\"errors\":[", Endless.NOTHING),
    NEGATIVE_LENGTH(Attack.HEAD + "Content-Length: -7\r\n\r\n{}", Endless.NOTHING),
    STATUS_999(Attack.empty("999 What")),
    STATUS_407(Attack.empty("407 Proxy")),
    SWITCH("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", Endless.NOTHING),
    REDIRECT_LOOP(Attack.empty("307 Temporary Redirect\r\nLocation: /v2/again")),
    REDIRECT_TO_METADATA(Attack.empty("302 Found\r\nLocation: https://169.254.169.254/latest/meta-data")),
    REDIRECT_TO_HTTP(Attack.empty("302 Found\r\nLocation: http://registry.example.com/v2/")),
    REDIRECT_TO_FILE(Attack.empty("302 Found\r\nLocation: file:///etc/passwd")),
    REDIRECT_TO_GARBAGE(Attack.empty("302 Found\r\nLocation: https://a b\\c")),
    NO_CHALLENGE(Attack.empty("401 Unauthorized")),
    CHALLENGES(Attack.challenge("Digest realm=\"x\", ".repeat(100) + "Digest a=b")),
    CHALLENGE_OF_GARBAGE(Attack.challenge("=,=\"\\\\\"\"\",,,, ,;{}".repeat(400))),
    REALM_ON_METADATA(Attack.realm("https://169.254.169.254/token")),
    REALM_ON_METADATA_NAME(Attack.realm("https://metadata.google.internal./token")),
    REALM_ON_METADATA_OF_AWS(Attack.realm("https://[fd00:ec2::254]/token")),
    REALM_ON_LINK_LOCAL(Attack.realm("https://[fe80::1]/token")),
    REALM_ON_MAPPED_METADATA(Attack.realm("https://[::ffff:169.254.169.254]/token")),
    REALM_RESOLVED_TO_METADATA(Attack.realm("https://evil.example.com/token")),
    REALM_ON_THIS_MACHINE(Attack.realm("https://127.0.0.1:8080/token")),
    REALM_RESOLVED_TO_THIS_MACHINE(Attack.realm("https://rebound.example.com/token")),
    REALM_OF_HTTP(Attack.realm("http://auth.example.com/token")),
    REALM_OF_GARBAGE(Attack.realm("::::")),
    REALM_WITH_USER(Attack.realm("https://registry.example.com@evil.example.com/")),
    REALM_OF_GOPHER(Attack.realm("gopher://auth.example.com/")),
    REALM_ON_NO_PORT(Attack.realm("https://registry.example.com:99999/token")),
    REALM_NOWHERE(Attack.realm("https://absent.example.com/token?a=b#c"));

    static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    static final String BODY = HEAD + "Connection: close\r\n\r\n";
    static final String NO_HEAD = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String GZIPPED = HEAD + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n";

    private static final Set<String> FRAMING = Set.of(
            "STATUS_LINE", "HEADER", "HEADERS", "CHUNK_SIZE", "CHUNK_EXTENSION", "CHUNK_END", "TRAILER", "TRAILERS");

    private final String start;
    private final Endless rest;

    Attack(String answer) {
        this(answer, Endless.NOTHING);
    }

    Attack(String start, Endless rest) {
        this.start = start;
        this.rest = rest;
    }

    private static String empty(String status) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
    }

    private static String challenge(String challenge) {
        return empty("401 Unauthorized\r\nWWW-Authenticate: " + challenge);
    }

    private static String realm(String url) {
        return challenge("Bearer realm=\"" + url + "\"");
    }

    /** Returns whether it also answers a request for headers: a body without end is never sent there. */
    boolean isOfHead() {
        return isWhole() || !start.contains("\r\n\r\n");
    }

    boolean isWhole() {
        return rest == Endless.NOTHING;
    }

    boolean isSlow() {
        return name().startsWith("SLOW") || rest == Endless.SILENCE;
    }

    /** Returns whether it is beside the body: it is cut off at the limit of HTTP's headers. */
    boolean isOfFraming() {
        return FRAMING.contains(name());
    }

    /** Returns whether it is a body that goes on as fast as it is read. */
    public boolean isOfBody() {
        return !isOfHead() && !isOfFraming() && !isSlow() && this != GZIP_NAME;
    }

    @Override
    public void write(String request, OutputStream out) throws IOException {
        write(request, out, "200 OK");
    }

    /** @param status such as {@code 200 OK}, of an answer that is no error by itself */
    public void write(String request, OutputStream out, String status) throws IOException {
        if (request.startsWith("HEAD") && !isOfHead()) {
            out.write(Endless.bytes(NO_HEAD));
            return;
        }
        out.write(Endless.bytes(start.replace("200 OK", status)));
        out.flush();
        rest.write(out);
    }
}
