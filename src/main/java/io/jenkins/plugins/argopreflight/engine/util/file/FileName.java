package io.jenkins.plugins.argopreflight.engine.util.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a file or a folder. A name from a server, an archive or a Jenkinsfile becomes part of a path only with
 * {@link #in}.
 */
public final class FileName {

    /** The longest name that common file systems accept, in bytes. */
    private static final int MAX_BYTES = 255;

    /**
     * The length to which a text is cut before its hash is appended, at most nine characters. It is far below
     * {@link #MAX_BYTES}, since callers append endings and other names, and Windows limits whole paths to 260.
     */
    private static final int MAX_CHARACTERS = 100;

    /** A character that is not accepted by every file system and shell. It becomes an underscore. */
    private static final Pattern UNSAFE_CHARACTER = Pattern.compile("[^A-Za-z0-9._()-]");

    /**
     * The part of a name that becomes an underscore: the whole name if it is empty, {@code .} or {@code ..}; otherwise
     * a dot at its end, which Windows drops.
     */
    private static final Pattern EMPTY_OR_LAST_DOT = Pattern.compile("^\\.{0,2}$|\\.$");

    /**
     * The position before a name that Windows reserves for a device.
     *
     * @see <a href="https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file">Naming files</a>
     */
    private static final Pattern BEFORE_DEVICE_NAME =
            Pattern.compile("(?i)^(?=(con|prn|aux|nul|com\\d|lpt\\d)(\\.|$))");

    private FileName() {}

    /** Converts any text to a name that every file system accepts. Different texts can become the same name. */
    public static String of(String text) {
        String safe = UNSAFE_CHARACTER.matcher(text).replaceAll("_");
        String cut = safe.length() <= MAX_CHARACTERS
                ? safe
                : safe.substring(0, MAX_CHARACTERS) + "-" + Integer.toHexString(text.hashCode());
        return BEFORE_DEVICE_NAME
                .matcher(EMPTY_OR_LAST_DOT.matcher(cut).replaceFirst("_"))
                .replaceFirst("_");
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
