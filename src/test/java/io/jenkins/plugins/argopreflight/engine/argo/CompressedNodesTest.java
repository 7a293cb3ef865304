package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedNodesTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("argopreflight.root", "../..")).resolve("src/test/resources/compressed");

    @Test
    void shouldReadGzip() throws IOException {
        byte[] nodes = Files.readAllBytes(FIXTURES.resolve("nodes.json"));
        assertThat(read(gzip(nodes, 1))).isEqualTo(nodes);
    }

    /**
     * The files have each level that {@code WORKFLOW_COMPRESSION_LEVEL} allows for zstd, and the lowest, highest and
     * default level of brotli.
     */
    @ParameterizedTest
    @ValueSource(strings = {"zstd-1", "zstd-2", "zstd-3", "zstd-4", "brotli-0", "brotli-6", "brotli-11"})
    void shouldReadWhatArgoWrites(String name) throws IOException {
        assertThat(read(fixture(name))).isEqualTo(Files.readAllBytes(FIXTURES.resolve("nodes.json")));
    }

    @Test
    void shouldReadMoreThanOneWindow() throws IOException {
        JsonNode nodes = new JsonMapper().readTree(read(fixture("zstd-4-large")));
        assertThat(nodes.size()).isEqualTo(25_200);
        assertThat(nodes.path("build-25199").path("type").asText()).isEqualTo("Pod");
    }

    @Test
    void shouldEndAtTheLimit() throws IOException {
        String bomb = gzip(" ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8), 65);
        for (String text : new String[] {bomb, fixture("zstd-too-large"), fixture("brotli-too-large")}) {
            assertThat(text.length()).isLessThan(1 << 20);
            assertThatIOException()
                    .isThrownBy(() -> read(text))
                    .withMessage("status.compressedNodes is larger than 64 MiB");
        }
    }

    /** Many empty members ended Java's own stream with a StackOverflowError. */
    @Test
    void shouldRefuseManyEmptyMembers() throws IOException {
        byte[] member = Base64.getMimeDecoder().decode(gzip(new byte[0], 1));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            many.write(member);
        }
        assertThatIOException()
                .isThrownBy(() -> read(Base64.getEncoder().encodeToString(many.toByteArray())))
                .withMessage("status.compressedNodes is not valid gzip");
    }

    @Test
    void shouldReportWhatIsNotBase64() {
        assertThatIOException()
                .isThrownBy(() -> CompressedNodes.open("a"))
                .withMessage("status.compressedNodes is not base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "brotli"})
    void shouldNameTheFormatOfWhatIsCutOff(String format) throws IOException {
        String whole = fixture(format + (format.equals("zstd") ? "-2" : "-6"));
        assertThatIOException()
                .isThrownBy(() -> read(whole.substring(0, whole.length() / 8 * 4)))
                .withMessage("status.compressedNodes is not valid " + format);
    }

    /**
     * The author of a workflow can write any text to this field. A decoder that fails gives an error, and nothing else.
     */
    @Tag("fuzz")
    @ParameterizedTest
    @ValueSource(strings = {"zstd-1", "zstd-4", "brotli-0", "brotli-11"})
    void shouldOnlyGiveAnErrorForChangedBytes(String name) throws IOException {
        byte[] valid = Base64.getMimeDecoder().decode(fixture(name));
        Random random = new Random(20);
        int refused = 0;
        for (int round = 0; round < 2_500; round++) {
            byte[] changed = valid.clone();
            for (int i = 0; i <= random.nextInt(4); i++) {
                changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt();
            }
            try {
                read(Base64.getEncoder().encodeToString(changed));
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith("status.compressedNodes is ");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(250);
    }

    private static String fixture(String name) throws IOException {
        return Files.readString(FIXTURES.resolve(name + ".txt")).strip();
    }

    private static byte[] read(String text) throws IOException {
        try (InputStream in = CompressedNodes.open(text)) {
            return in.readAllBytes();
        }
    }

    private static String gzip(byte[] piece, int times) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                out.write(piece);
            }
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
