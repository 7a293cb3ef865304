package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The endpoint that a pull asks first: {@code /v2/NAME/manifests/REFERENCE}. */
final class Manifests {

    private static final String ACCEPT = String.join(
            ", ",
            List.of(
                    "application/vnd.oci.image.index.v1+json",
                    "application/vnd.oci.image.manifest.v1+json",
                    "application/vnd.docker.distribution.manifest.list.v2+json",
                    "application/vnd.docker.distribution.manifest.v2+json",
                    "*/*"));

    private final Transport transport;

    Manifests(Transport transport) {
        this.transport = transport;
    }

    /** @param method HEAD to know, GET to read why not */
    Reply ask(String method, URI base, ImageReference image, Optional<String> authorization, Deadline deadline)
            throws NoAnswer {
        URI url = base.resolve("/v2/" + image.path() + "/manifests/" + image.version());
        if (authorization.isPresent() && !transport.maySendCredentials(url)) {
            throw Failures.plainHttp(base.getRawAuthority());
        }
        return transport.send(
                Request.of(base.getHost(), method, url).with("Accept", ACCEPT).authorized(authorization), deadline);
    }

    /** What containerd no longer pulls since 2.0. */
    static boolean isSchema1(Reply reply) {
        return reply.header("Content-Type").contains("distribution.manifest.v1+");
    }

    static boolean isWebPage(Reply reply) {
        return reply.header("Content-Type").startsWith("text/html");
    }
}
