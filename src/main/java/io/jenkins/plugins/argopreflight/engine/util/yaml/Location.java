package io.jenkins.plugins.argopreflight.engine.util.yaml;

/**
 * A location in a file, in the notation of compilers.
 *
 * @param file the file's name as passed by the user, {@code -} for standard input
 * @param line line, counted from 1; 0 for an object that is in no file
 * @param column column, counted from 1
 */
public record Location(String file, int line, int column) {

    Location movedTo(String otherFile, int lines) {
        return new Location(otherFile, line + lines, column);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
