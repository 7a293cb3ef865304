package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.submit.TarReader.Entry;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okio.GzipSource;
import okio.Okio;

/**
 * The unpacking of stored artifacts into a folder. Nothing is written outside the folder: an artifact is refused if it
 * contains a link, a device, or a name that leads out of the folder. The number of files and folders, and the bytes of
 * contents and headers, are limited for all artifacts together, independent of the sizes that they declare.
 */
public final class Unpacking {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_FOLDER_DEPTH = 64;
    private static final int MAX_NAME_BYTES = 1024;

    private final Path folder;
    private final int maxEntries;
    private final long maxBytes;
    private final List<String> names = new ArrayList<>();
    private final Set<Path> entries = new HashSet<>();
    private long bytes;

    /**
     * Creates an unpacking for all artifacts of one run.
     *
     * @param folder a new folder, which nothing else uses
     * @param maxEntries the maximum number of files and folders
     * @param maxBytes the maximum number of unpacked bytes
     */
    public Unpacking(Path folder, int maxEntries, long maxBytes) {
        this.folder = folder;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        entries.add(folder);
    }

    /** The files so far, with slashes, relative to the folder. */
    public List<String> names() {
        return List.copyOf(names);
    }

    /**
     * Adds an artifact.
     *
     * @param stored the file of the stored artifact. If it is not an archive, it is moved to the path
     * @param plain whether it is a file whatever its content is ({@code archive: none})
     * @param path the path of the file or folder that it becomes, with names as {@link FileName#of} makes them
     * @throws ArtifactException if it is refused; what was unpacked of it is no part of {@link #names}
     */
    public void add(Path stored, boolean plain, String... path) throws IOException {
        String name = String.join("/", path);
        Path target = FileName.in(folder, path);
        List<String> added = new ArrayList<>();
        if (plain || !isArchive(stored)) {
            countBytes(Files.size(stored));
            countEntry(target);
            try {
                makeParent(target);
                // An atomic move would overwrite.
                Files.move(stored, target);
            } catch (FileAlreadyExistsException e) {
                throw new ArtifactException("the workflow has an artifact of this path twice");
            }
            added.add(name);
        } else {
            try (InputStream in = new BufferedInputStream(new Counted(unzipped(stored)), BUFFER_BYTES)) {
                TarReader tar = new TarReader(in);
                for (Optional<Entry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                    add(tar, entry.get(), target, added);
                }
            }
        }
        names.addAll(added);
    }

    private void add(TarReader tar, Entry entry, Path under, List<String> added) throws IOException {
        if (entry.type() == TarReader.Type.OTHER) {
            throw new ArtifactException("it contains " + quoted(entry.name()) + ", which is a link or a device");
        }
        Path file = file(under, entry.name());
        countEntry(file);
        if (entry.type() == TarReader.Type.FOLDER || entry.name().endsWith("/")) {
            return;
        }
        try {
            makeParent(file);
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new ArtifactException("it contains " + quoted(entry.name()) + " twice");
        }
        added.add(folder.relativize(file).toString().replace(File.separatorChar, '/'));
    }

    private static void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    /** Counts a file or folder with the folders around it, each once, before it is created. */
    private void countEntry(Path entry) throws ArtifactException {
        for (Path each = entry; each != null && entries.add(each); each = each.getParent()) {
            // The folder of all artifacts is not one of them.
            if (entries.size() - 1 > maxEntries) {
                throw new ArtifactException(
                        "there are more than " + maxEntries + " files and folders in all artifacts together");
            }
        }
    }

    /** Counts unpacked bytes. Throws if they are too many. */
    private void countBytes(long added) throws ArtifactException {
        bytes += added;
        if (bytes > maxBytes) {
            throw new ArtifactException(
                    "all artifacts together are larger than " + (maxBytes >> 20) + " MiB when they are unpacked");
        }
    }

    /** Returns the path of an entry, below the folder of its artifact. */
    private static Path file(Path under, String name) throws ArtifactException {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new ArtifactException(
                    "it contains " + quoted(name) + ", whose name is longer than " + MAX_NAME_BYTES + " bytes");
        }
        String[] parts = Arrays.stream(name.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toArray(String[]::new);
        if (parts.length - 1 > MAX_FOLDER_DEPTH) {
            throw new ArtifactException(
                    "it contains " + quoted(name) + ", which is in more than " + MAX_FOLDER_DEPTH + " folders");
        }
        try {
            return FileName.in(under, name.startsWith("/") ? new String[] {".."} : parts);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("it contains " + quoted(name) + ", which is no name below its folder");
        }
    }

    private static String quoted(String name) {
        return "\"" + (name.length() > 100 ? name.substring(0, 100) + "…" : name) + "\"";
    }

    /**
     * Returns whether a file is an archive. A gzip file without a tar archive in it is none: it can be an output of the
     * template.
     */
    private static boolean isArchive(Path stored) throws IOException {
        try (InputStream in = unzipped(stored)) {
            return TarReader.isHeader(in.readNBytes(TarReader.BLOCK));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns a decompressed stream. Argo writes one gzip member; {@link java.util.zip.GZIPInputStream} would call
     * itself for each of many empty ones.
     */
    private static InputStream unzipped(Path stored) throws IOException {
        return Okio.buffer(new GzipSource(Okio.source(stored))).inputStream();
    }

    /**
     * A stream that counts its bytes: contents, headers and attributes, since an archive can have nothing but headers.
     */
    private final class Counted extends FilterInputStream {

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read;
            try {
                read = super.read(buffer, from, length);
            } catch (IOException e) {
                throw new ArtifactException("it is a damaged gzip archive");
            }
            countBytes(Math.max(0, read));
            return read;
        }

        @Override
        public long skip(long wanted) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(wanted, BUFFER_BYTES)]));
        }
    }
}
