package io.jenkins.plugins.argopreflight.engine.submit.artifact;

import io.jenkins.plugins.argopreflight.engine.submit.artifact.TarReader.Entry;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks artifacts as Argo stores them into a folder that nothing leaves: a name that leads out of it, a link or a device
 * refuses the whole artifact. All artifacts together have a limit, whatever they say of their size.
 */
public final class Unpacking {

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final int mostFiles;
    private final long mostBytes;
    private final List<String> names = new ArrayList<>();
    private long bytes;

    /**
     * For all artifacts of one run.
     *
     * @param folder a new one, for this only
     */
    public Unpacking(Path folder, int mostFiles, long mostBytes) {
        this.folder = folder;
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    /** The files so far, with slashes, relative to the folder. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Adds an artifact.
     *
     * @param stored as it is stored, which becomes a file itself when it is no archive; it does not exist any more then
     * @param plain whether it is a file whatever it holds ({@code archive: none})
     * @param path of the file or folder that it becomes, of {@link #segment}s
     * @throws ArtifactException when it is refused; what was unpacked of it is no part of {@link #names}
     */
    public void add(Path stored, boolean plain, String... path) throws IOException {
        String name = String.join("/", path);
        List<String> added = new ArrayList<>();
        if (plain || !isArchive(stored)) {
            count(Files.size(stored));
            Files.move(stored, file(name), StandardCopyOption.ATOMIC_MOVE);
            added.add(name);
        } else {
            try (InputStream in = unzipped(stored)) {
                TarReader tar = new TarReader(in);
                for (Optional<Entry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                    add(tar, entry.get(), name, added);
                }
            } catch (ZipException e) {
                throw new ArtifactException("it is a damaged gzip archive");
            }
        }
        names.addAll(added);
    }

    private void add(TarReader tar, Entry entry, String under, List<String> added) throws IOException {
        if (entry.type() == TarReader.Type.OTHER) {
            throw new ArtifactException("it contains " + quoted(entry.name()) + ", which is a link or a device");
        }
        String name = under + "/" + checked(entry.name());
        if (entry.type() == TarReader.Type.FOLDER || entry.name().endsWith("/")) {
            return;
        }
        if (names.size() + added.size() >= mostFiles) {
            throw new ArtifactException("there are more than " + mostFiles + " files in all artifacts together");
        }
        try (OutputStream out = Files.newOutputStream(file(name), StandardOpenOption.CREATE_NEW)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                count(read);
                out.write(buffer, 0, read);
            }
        } catch (FileAlreadyExistsException e) {
            throw new ArtifactException("it contains " + quoted(entry.name()) + " twice");
        }
        added.add(name);
    }

    /** Where a name leads, in a folder that exists. */
    private Path file(String name) throws IOException {
        int slash = name.lastIndexOf('/');
        Files.createDirectories(slash < 0 ? folder : folder.resolve(name.substring(0, slash)));
        return folder.resolve(name);
    }

    private void count(long more) throws ArtifactException {
        bytes += more;
        if (bytes > mostBytes) {
            throw new ArtifactException(
                    "all artifacts together are larger than " + (mostBytes >> 20) + " MiB when they are unpacked");
        }
    }

    /** The name of an entry, below the folder of its artifact. */
    private static String checked(String name) throws ArtifactException {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            boolean out = part.equals("..")
                    || part.indexOf('\\') >= 0
                    || part.indexOf(':') >= 0
                    || part.chars().anyMatch(Character::isISOControl);
            if (out || name.startsWith("/")) {
                throw new ArtifactException("it contains " + quoted(name) + ", which is no name below its folder");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String quoted(String name) {
        return "\"" + (name.length() > 100 ? name.substring(0, 100) + "…" : name) + "\"";
    }

    /** A name that can be a file's everywhere, made of a node's or an artifact's. */
    public static String segment(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._()-]", "_");
        return safe.matches("\\.{0,2}") ? "_" : safe;
    }

    /** A gzip file is one only when there is a tar archive in it: it can be what a template wrote. */
    private static boolean isArchive(Path stored) throws IOException {
        try (InputStream in = unzipped(stored)) {
            return TarReader.isHeader(in.readNBytes(TarReader.BLOCK));
        } catch (ZipException | EOFException e) {
            return false;
        }
    }

    private static InputStream unzipped(Path stored) throws IOException {
        return new BufferedInputStream(new GZIPInputStream(Files.newInputStream(stored), BUFFER), BUFFER);
    }
}
