package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.util.Set;

/**
 * The media types of images: <a href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">OCI's</a>
 * and Docker's.
 */
public final class MediaTypes {

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    private static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    private static final Set<String> CONFIGS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

    private MediaTypes() {}

    /** Returns a type without parameters such as {@code ; charset=utf-8}. */
    public static String bare(String contentType) {
        return contentType.split(";", 2)[0].strip();
    }

    public static boolean isIndex(String type) {
        return INDEXES.contains(type);
    }

    public static boolean isManifest(String type) {
        return MANIFESTS.contains(type);
    }

    /**
     * Returns whether this is the type of an image's configuration. A manifest with another configuration is an
     * artifact.
     */
    public static boolean isConfig(String type) {
        return CONFIGS.contains(type);
    }
}
