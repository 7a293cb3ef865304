package io.jenkins.plugins.argopreflight.engine.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a file or a folder. A name from a server, an archive or a Jenkinsfile becomes part of a path only by
 * {@link #in}.
 */
public final class FileName {

    /** The longest name that common file systems accept, in bytes. */
    private static final int MOST_BYTES = 255;

    /** A longer text is cut: what names a file can have a path before it, and an ending. */
    private static final int MOST_CHARACTERS = 100;

    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._()-]");

    /** Windows drops the dot at the end of a name. */
    private static final Pattern DOTS = Pattern.compile("^\\.{0,2}$|\\.$");

    /** @see <a href="https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file">Naming files</a> */
    private static final Pattern DEVICE = Pattern.compile("(?i)^(?=(con|prn|aux|nul|com\\d|lpt\\d)(\\.|$))");

    private FileName() {}

    /** Makes a name that every file system accepts of any text. Different texts can become the same name. */
    public static String of(String text) {
        String safe = OTHERS.matcher(text).replaceAll("_");
        String cut = safe.length() <= MOST_CHARACTERS
                ? safe
                : safe.substring(0, MOST_CHARACTERS) + "-" + Integer.toHexString(text.hashCode());
        return DEVICE.matcher(DOTS.matcher(cut).replaceFirst("_")).replaceFirst("_");
    }

    /**
     * Returns the path of a file or folder in a folder, which is never outside of it.
     *
     * @param names of the folders on the way, and of the file
     * @throws IllegalArgumentException when one of them is no name, such as {@code ..}, or the system refuses it
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
                && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    }
}
