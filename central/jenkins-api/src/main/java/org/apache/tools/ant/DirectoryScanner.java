package org.apache.tools.ant;

import java.io.File;

public class DirectoryScanner {

    public DirectoryScanner() {
        throw new UnsupportedOperationException();
    }

    public synchronized void addDefaultExcludes() {
        throw new UnsupportedOperationException();
    }

    public String[] getIncludedFiles() {
        throw new UnsupportedOperationException();
    }

    public void scan() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public synchronized void setBasedir(File basedir) {
        throw new UnsupportedOperationException();
    }

    public synchronized void setFollowSymlinks(boolean followSymlinks) {
        throw new UnsupportedOperationException();
    }

    public synchronized void setIncludes(String[] includes) {
        throw new UnsupportedOperationException();
    }
}
