package io.jenkins.plugins.argopreflight.offline.registry;

import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A registry in a snapshot.
 *
 * @param name {@code host[:port]} in lower case; that of Docker Hub is {@code registry-1.docker.io}
 * @param https whether it uses TLS
 * @param certificate the problem of its certificate; empty if every node trusts it
 * @param refusal the status of its token server for wrong credentials
 * @param rateLimited whether it refuses all requests because of a rate limit
 * @param complete whether the registry has no other repositories
 */
record SnapshotHost(
        String name,
        boolean https,
        Authentication authentication,
        Optional<String> certificate,
        int refusal,
        boolean rateLimited,
        boolean complete,
        List<Credential> credentials,
        List<Repository> repositories) {

    /** The way in which a registry authenticates clients. */
    enum Authentication {
        NONE,
        BASIC,
        BEARER
    }

    /**
     * A login that the registry accepts.
     *
     * @param login the user and password; in a file that {@code argo-preflight snapshot} wrote, a marker stands for the
     *     password
     * @param expires the time when it expires, if it is known
     * @param expired whether the registry refuses it as expired
     */
    record Credential(Login login, Optional<Instant> expires, boolean expired) {

        boolean isOver() {
            return expired || expires.filter(end -> end.isBefore(Instant.now())).isPresent();
        }
    }

    /**
     * A repository.
     *
     * @param anonymous whether everyone can pull
     * @param users the users who can pull; empty for every valid login
     */
    record Repository(String path, boolean anonymous, Optional<Set<String>> users, List<Image> images) {

        boolean allows(Credential credential) {
            return anonymous
                    || users.map(names -> names.contains(credential.login().username()))
                            .orElse(true);
        }

        Optional<Image> image(String version) {
            return images.stream().filter(image -> image.isCalled(version)).findFirst();
        }
    }

    /**
     * An image.
     *
     * @param config empty if the snapshot does not contain it
     * @param content the status of the registry's answer for a blob of the image
     */
    record Image(Optional<String> tag, Optional<String> digest, Optional<ImageConfig> config, int content) {

        boolean isCalled(String version) {
            Optional<String> requested = Optional.of(version);
            return tag.equals(requested) || digest.equals(requested);
        }
    }

    Optional<Repository> repository(String path) {
        return repositories.stream().filter(one -> one.path().equals(path)).findFirst();
    }

    Optional<Credential> credential(Login login) {
        return credentials.stream().filter(one -> one.login().equals(login)).findFirst();
    }
}
