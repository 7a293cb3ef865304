package io.jenkins.plugins.argopreflight.engine.submit.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackingTest {

    @TempDir
    Path temporary;

    private Path folder;
    private Unpacking unpacking;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("outputs"));
        unpacking = new Unpacking(folder, 10, 1 << 20);
    }

    @Test
    void shouldUnpackAnArchive() throws IOException {
        unpacking.add(tgz("report/", "", "report/a.xml", "<a/>", "./report/sub/b.txt", "b"), false, "test", "report");

        assertThat(unpacking.names()).containsExactly("test/report/report/a.xml", "test/report/report/sub/b.txt");
        assertThat(folder.resolve("test/report/report/a.xml")).hasContent("<a/>");
    }

    /** As GNU tar and Go write them: long names, in several ways. */
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void shouldUnpackWhatTarPacks(String format) throws Exception {
        Path packed = Files.createDirectories(temporary.resolve("packed/" + "long-folder/".repeat(9)));
        Files.writeString(packed.resolve("ä-" + "n".repeat(90)), "content");
        Path stored = temporary.resolve("stored.tgz");
        Process tar = new ProcessBuilder(
                        "tar", "--format=" + format, "-czf", stored.toString(), "-C", temporary.toString(), "packed")
                .start();
        assertThat(tar.waitFor(30, TimeUnit.SECONDS)).isTrue();

        unpacking.add(stored, false, "a");

        assertThat(unpacking.names()).containsExactly("a/packed/" + "long-folder/".repeat(9) + "ä-" + "n".repeat(90));
        assertThat(folder.resolve(unpacking.names().get(0))).hasContent("content");
    }

    @Test
    void shouldKeepAFileThatIsNoArchive() throws IOException {
        unpacking.add(file("plain"), false, "a", "x");
        unpacking.add(gzip("no tar".getBytes(StandardCharsets.UTF_8)), false, "a", "y.gz");
        unpacking.add(tgz("f", "content"), true, "a", "z.tgz");

        assertThat(unpacking.names()).containsExactly("a/x", "a/y.gz", "a/z.tgz");
        assertThat(folder.resolve("a/x")).hasContent("plain");
    }

    @ParameterizedTest
    @CsvSource({
        "../evil, no name below its folder",
        "a/../../evil, no name below its folder",
        "/etc/evil, no name below its folder",
        "a\\..\\evil, no name below its folder",
        "C:/evil, no name below its folder",
    })
    void shouldRefuseNamesThatLeadOut(String name, String why) throws IOException {
        refuse(tgz("good", "", name, "x"), why);

        assertThat(temporary.resolve("evil")).doesNotExist();
        assertThat(Path.of("/etc/evil")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6'})
    void shouldRefuseLinksAndDevices(char type) throws IOException {
        byte[] tar = tar("link", "");
        tar[156] = (byte) type;
        seal(tar);

        refuse(gzip(tar), "which is a link or a device");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isSymbolicLink)).isEmpty();
        }
    }

    @Test
    void shouldRefuseMoreThanItsLimits() throws IOException {
        refuse(tgz("big", "x".repeat((1 << 20) + 1)), "larger than 1 MiB when they are unpacked");
        String[] many = new String[24];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "f" + i;
            many[i + 1] = "";
        }
        refuse(tgz(many), "more than 10 files");
        refuse(tgz("same", "", "same", ""), "twice");
    }

    /** A header can say what it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"77777777777", "-0000000001", "abc"})
    void shouldNotTrustASize(String size) throws IOException {
        byte[] tar = tar("f", "content");
        byte[] digits = Arrays.copyOf(size.getBytes(StandardCharsets.US_ASCII), 12);
        System.arraycopy(digits, 0, tar, 124, 12);
        seal(tar);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> unpacking.add(gzip(tar), false, "a"));
        assertThat(unpacking.names()).isEmpty();
    }

    @Test
    void shouldMakeNamesOfFilesOfAnyName() {
        assertThat(List.of("compile(0)", "../x", "..", "", "a b/ü"))
                .extracting(Unpacking::segment)
                .containsExactly("compile(0)", ".._x", "_", "_", "a_b__");
    }

    private void refuse(Path stored, String why) {
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> unpacking.add(stored, false, "a" + System.nanoTime()))
                .withMessageContaining(why);
        assertThat(unpacking.names()).isEmpty();
    }

    private Path file(String content) throws IOException {
        Path file = Files.createTempFile(temporary, "stored", "");
        return Files.writeString(file, content);
    }

    private Path gzip(byte[] content) throws IOException {
        Path file = file("");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }

    private Path tgz(String... namesAndContents) throws IOException {
        return gzip(tar(namesAndContents));
    }

    private static byte[] tar(String... namesAndContents) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
            byte[] header = new byte[512];
            byte[] name = namesAndContents[i].getBytes(StandardCharsets.UTF_8);
            System.arraycopy(name, 0, header, 0, name.length);
            byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(size, 0, header, 124, size.length);
            header[156] = (byte) (namesAndContents[i].endsWith("/") ? '5' : '0');
            seal(header);
            tar.write(header);
            tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
        }
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    /** Writes the checksum of the first header. */
    private static void seal(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += header[i] & 0xff;
        }
        byte[] digits = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, header, 148, 6);
        header[154] = 0;
    }
}
