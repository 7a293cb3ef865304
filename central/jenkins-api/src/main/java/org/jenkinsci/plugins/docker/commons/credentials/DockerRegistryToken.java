package org.jenkinsci.plugins.docker.commons.credentials;

import java.io.Serializable;

public final class DockerRegistryToken implements Serializable {

    private DockerRegistryToken() {}

    public String getToken() {
        throw new UnsupportedOperationException();
    }
}
