package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    /** The archives are as GNU tar and Go write them: long names, in several ways. */
    @ParameterizedTest
    @ValueSource(strings = {"gnu", "pax", "ustar"})
    void shouldUnpackWhatTarPacks(String format) throws Exception {
        unpacking = new Unpacking(folder, 20, 1 << 20);
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

    @Test
    void shouldLimitTheAttributesOfAnArchive() throws IOException {
        byte[] attributes = tar("g", "x".repeat(1 << 19));
        attributes[156] = 'g';
        seal(attributes);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (int i = 0; i < 33; i++) {
            tar.write(attributes, 0, attributes.length - 1024);
        }
        unpacking = new Unpacking(folder, 10, 1 << 30);
        refuse(gzip(tar.toByteArray()), "more than 16 MiB of names and attributes");
    }

    /** 4 MB of them ended Java's own stream with a StackOverflowError. */
    @Test
    void shouldReadGzipFilesOfManyEmptyMembers() throws IOException {
        byte[] member = Files.readAllBytes(gzip(new byte[0]));
        byte[] many = new byte[200_000 * member.length];
        for (int i = 0; i < many.length; i++) {
            many[i] = member[i % member.length];
        }
        unpacking = new Unpacking(folder, 10, 10 << 20);
        unpacking.add(Files.write(temporary.resolve("many.gz"), many), false, "a", "many.gz");

        assertThat(unpacking.names()).containsExactly("a/many.gz");
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
        unpacking = new Unpacking(folder, 10, 1 << 20);
        refuse(tgz(many), "more than 10 files and folders");
        unpacking = new Unpacking(folder, 10, 1 << 20);
        refuse(tgz("same", "", "same", ""), "twice");
        refuse(tgz("same", "", "same/a", ""), "twice");
    }

    @Test
    void shouldCountFoldersAmongItsLimits() throws IOException {
        refuse(tgz("a/b/c/d/e/f/g/h/i/j/file", ""), "more than 10 files and folders");
        unpacking = new Unpacking(folder, 10, 1 << 20);
        String[] folders = new String[24];
        for (int i = 0; i < folders.length; i += 2) {
            folders[i] = "d" + i + "/";
            folders[i + 1] = "";
        }
        refuse(tgz(folders), "more than 10 files and folders");
        assertThat(entries()).isLessThanOrEqualTo(11);
    }

    /** An archive of 20 files became 38,025 entries in an earlier version. */
    @Test
    void shouldMakeFewEntriesOfASmallArchive() throws IOException {
        unpacking = new Unpacking(folder, 10_000, 1 << 20);
        String[] deep = new String[40];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = i + "/" + "a/".repeat(1_900) + "f";
            deep[i + 1] = "";
        }
        Path stored = tgz(deep);
        assertThat(stored).satisfies(file -> assertThat(Files.size(file)).isLessThan(1_000));
        refuse(stored, "longer than 1024 bytes");
        assertThat(entries()).isLessThan(100);
    }

    @Test
    void shouldLimitDepthAndLengthOfNames() throws IOException {
        unpacking = new Unpacking(folder, 1_000, 1 << 20);
        unpacking.add(tgz("a/".repeat(64) + "f", "x"), false, "deep");
        assertThat(unpacking.names()).containsExactly("deep/" + "a/".repeat(64) + "f");
        unpacking = new Unpacking(folder, 1_000, 1 << 20);
        refuse(tgz("a/".repeat(65) + "f", "x"), "in more than 64 folders");
        refuse(tgz("ü".repeat(128), "x"), "no name below its folder");
        refuse(tgz("a/".repeat(65) + "f/", ""), "in more than 64 folders");
    }

    /** The headers and other parts that are not content of a file are unpacked, too. */
    @Test
    void shouldCountTheBytesOfHeaders() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        byte[] attributes = tar("g", "x".repeat(1 << 19));
        attributes[156] = 'g';
        seal(attributes);
        for (int i = 0; i < 3; i++) {
            tar.write(attributes, 0, attributes.length - 1024);
        }
        refuse(gzip(tar.toByteArray()), "larger than 1 MiB when they are unpacked");
    }

    @Test
    void shouldOverwriteNoOtherArtifact() throws IOException {
        unpacking.add(file("first"), true, "node", "report");
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> unpacking.add(file("second"), true, "node", "report"))
                .withMessageContaining("twice");
        assertThat(unpacking.names()).containsExactly("node/report");
        assertThat(folder.resolve("node/report")).hasContent("first");
    }

    private long entries() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.count() - 1;
        }
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
            byte[] name = namesAndContents[i].getBytes(StandardCharsets.UTF_8);
            if (name.length > 100) {
                write(tar, 'L', "././@LongLink".getBytes(StandardCharsets.UTF_8), name);
            }
            write(tar, namesAndContents[i].endsWith("/") ? '5' : '0', name, content);
        }
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    private static void write(ByteArrayOutputStream tar, char type, byte[] name, byte[] content) throws IOException {
        byte[] header = new byte[512];
        System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
        byte[] size = String.format("%011o", content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        header[156] = (byte) type;
        seal(header);
        tar.write(header);
        tar.write(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
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
