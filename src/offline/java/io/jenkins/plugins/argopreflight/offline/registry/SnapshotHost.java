package io.jenkins.plugins.argopreflight.offline.registry;

import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a snapshot says of one registry.
 *
 * @param name {@code host[:port]} in lower case; Docker Hub's is {@code registry-1.docker.io}
 * @param https whether it speaks TLS
 * @param certificate what is wrong with its certificate; empty when every node trusts it
 * @param refusal the status with which its token server answers a wrong credential
 * @param rateLimited whether it asks everyone to come back later
 * @param complete whether it holds nothing but these repositories
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

    /** How a registry asks who pulls. */
    enum Authentication {
        NONE,
        BASIC,
        BEARER
    }

    /**
     * A login that the registry knows.
     *
     * @param login its password is a marker in what {@code argo-preflight snapshot} wrote
     * @param expires when it ends, where that is reported
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
     * @param users who can pull; empty for every valid login
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
     * @param config empty when the snapshot does not show
     * @param content the status with which the registry answers to what the manifest lists
     */
    record Image(Optional<String> tag, Optional<String> digest, Optional<ImageConfig> config, int content) {

        boolean isCalled(String version) {
            Optional<String> wanted = Optional.of(version);
            return tag.equals(wanted) || digest.equals(wanted);
        }
    }

    Optional<Repository> repository(String path) {
        return repositories.stream().filter(one -> one.path().equals(path)).findFirst();
    }

    Optional<Credential> credential(Login login) {
        return credentials.stream().filter(one -> one.login().equals(login)).findFirst();
    }
}
