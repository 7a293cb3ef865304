package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.util.OptionalInt;

/** The endpoint that a pull asks first: {@code /v2/NAME/manifests/REFERENCE}. */
public final class ManifestEndpoint {

    /** What registries accept at most when a manifest is pushed (distribution-spec, "Pushing Manifests"). */
    public static final int LARGEST = 4 << 20;

    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.OCI_INDEX,
            MediaTypes.OCI_MANIFEST,
            MediaTypes.DOCKER_LIST,
            MediaTypes.DOCKER_MANIFEST,
            "*/*");

    private ManifestEndpoint() {}

    /** @param method HEAD to know, GET to read why not */
    public static RegistryReply ask(String method, RegistryAccess access, ImageReference image, Deadline deadline)
            throws NoAnswer {
        return send(method, access, image.path(), image.version(), OptionalInt.empty(), deadline);
    }

    /** Reads the whole of it. */
    public static RegistryReply read(RegistryAccess access, String path, String version, Deadline deadline)
            throws NoAnswer {
        return send("GET", access, path, version, OptionalInt.of(LARGEST + 1), deadline);
    }

    private static RegistryReply send(
            String method, RegistryAccess access, String path, String version, OptionalInt limit, Deadline deadline)
            throws NoAnswer {
        return access.send(method, path + "/manifests/" + version, ACCEPT, limit, deadline);
    }

    /** What containerd no longer pulls since 2.0. */
    public static boolean isSchema1(RegistryReply reply) {
        return reply.header("Content-Type").contains("distribution.manifest.v1+");
    }
}
