package io.jenkins.plugins.argopreflight.engine.util.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a file or a folder. A name from a server, an archive or a Jenkinsfile becomes part of a path only by
 * {@link #in}.
 */
public final class FileName {

    /** The longest name that common file systems accept, in bytes. */
    private static final int MAX_BYTES = 255;

    /** The length to which a text is cut, since there can be a path before a name and an ending after it. */
    private static final int MAX_CHARACTERS = 100;

    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._()-]");

    /** A name that is empty, {@code .} or {@code ..}, or the dot at the end of a name, which Windows drops. */
    private static final Pattern DOTS = Pattern.compile("^\\.{0,2}$|\\.$");

    /**
     * The reserved names of devices on Windows.
     *
     * @see <a href="https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file">Naming files</a>
     */
    private static final Pattern DEVICE = Pattern.compile("(?i)^(?=(con|prn|aux|nul|com\\d|lpt\\d)(\\.|$))");

    private FileName() {}

    /** Returns a name for any text that every file system accepts. Different texts can become the same name. */
    public static String of(String text) {
        String safe = OTHERS.matcher(text).replaceAll("_");
        String cut = safe.length() <= MAX_CHARACTERS
                ? safe
                : safe.substring(0, MAX_CHARACTERS) + "-" + Integer.toHexString(text.hashCode());
        return DEVICE.matcher(DOTS.matcher(cut).replaceFirst("_")).replaceFirst("_");
    }

    /**
     * Returns the path of a file or folder that is below a folder, and never outside of it.
     *
     * @param names the names of the folders on the way, and of the file
     * @throws IllegalArgumentException if one of them is not a name, such as {@code ..}, or the system refuses it
     */
    public static Path in(Path folder, String... names) {
        Path path = folder;
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException("no name of a file: " + name);
            }
            path = path.resolve(name);
        }
        return path;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c))
                && name.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
