package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The address and the authorization with which a registry is requested.
 *
 * @param wire the transport of the requests
 * @param base the registry's address
 * @param authorization the header; empty for none
 */
public record RegistryAccess(Wire wire, URI base, Optional<String> authorization) {

    RegistryAccess withAuthorization(Optional<String> header) {
        return new RegistryAccess(wire, base, header);
    }

    /**
     * Sends a request for a path below {@code /v2/}.
     *
     * @param limit the number of bytes of the answer that are read; empty for the settings' limit
     */
    public RegistryReply send(String method, String path, String accept, OptionalInt limit, Deadline deadline)
            throws NoAnswer {
        URI url = base.resolve("/v2/" + path);
        if (authorization.isPresent() && !wire.maySendCredentials(url)) {
            throw Failures.of(Kind.PLAIN_HTTP, base.getRawAuthority(), "");
        }
        Request request = Request.of(RegistryName.host(base), method, url)
                .withHeader("Accept", accept)
                .withAuthorization(authorization)
                .withLimit(limit);
        return wire.send(request, deadline);
    }
}
