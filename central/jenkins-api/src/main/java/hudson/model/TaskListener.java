package hudson.model;

import java.io.IOException;
import java.io.PrintStream;

public interface TaskListener {

    TaskListener NULL = null;

    PrintStream getLogger();

    default void hyperlink(String url, String text) throws IOException {
        throw new UnsupportedOperationException();
    }
}
