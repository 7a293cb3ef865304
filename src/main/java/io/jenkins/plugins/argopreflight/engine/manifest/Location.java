package io.jenkins.plugins.argopreflight.engine.manifest;

/**
 * A place in a file, as compilers write it.
 *
 * @param file the file's name as it was given, {@code -} for standard input
 * @param line counted from 1; 0 for what stands in no file
 * @param column counted from 1
 */
public record Location(String file, int line, int column) {

    Location below(String otherFile, int lines) {
        return new Location(otherFile, line + lines, column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
