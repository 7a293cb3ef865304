package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.OptionalInt;

/** The endpoint that a pull requests first: {@code /v2/NAME/manifests/REFERENCE}. */
public final class ManifestEndpoint {

    /** The maximum number of bytes of a manifest that registries accept (distribution-spec, "Pushing Manifests"). */
    public static final int MAX_BYTES = 4 << 20;

    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_LIST,
            MediaTypes.DOCKER_MANIFEST,
            "*/*");

    private ManifestEndpoint() {}

    /**
     * Requests the manifest of an image.
     *
     * @param method HEAD to check that the manifest exists, GET to read the reason if it does not
     */
    public static RegistryReply ask(String method, RegistryAccess access, ImageReference image, Deadline deadline)
            throws NoAnswer {
        return send(method, access, image.path(), image.version(), OptionalInt.empty(), deadline);
    }

    /** Reads a whole manifest. */
    public static RegistryReply read(RegistryAccess access, String path, String version, Deadline deadline)
            throws NoAnswer {
        return send("GET", access, path, version, OptionalInt.of(MAX_BYTES + 1), deadline);
    }

    private static RegistryReply send(
            String method, RegistryAccess access, String path, String version, OptionalInt limit, Deadline deadline)
            throws NoAnswer {
        return access.send(method, path + "/manifests/" + version, ACCEPT, limit, deadline);
    }

    /** Returns whether this is a manifest of Docker schema 1, which containerd no longer pulls since 2.0. */
    public static boolean isSchema1(RegistryReply reply) {
        return reply.header("Content-Type").contains("distribution.manifest.v1+");
    }
}
