package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An HTTP request with host names as the settings name them. Its text contains no header and no body.
 *
 * @param registry the host of the registry on whose behalf it is sent
 * @param method GET, HEAD or POST
 * @param url the address
 * @param plain the headers except the credential
 * @param authorization the credential's header
 * @param form a body
 * @param limit the number of bytes of the answer that are read; empty for the settings' limit
 */
public record Request(
        String registry,
        String method,
        URI url,
        Map<String, String> plain,
        Optional<String> authorization,
        Optional<String> form,
        OptionalInt limit) {

    static Request of(String registry, String method, URI url) {
        return new Request(registry, method, url, Map.of(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    Request withLimit(OptionalInt bytes) {
        return new Request(registry, method, url, plain, authorization, form, bytes);
    }

    Request withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(plain);
        more.put(name, value);
        return new Request(registry, method, url, more, authorization, form, limit);
    }

    Request withAuthorization(Optional<String> header) {
        return new Request(registry, method, url, plain, header, form, limit);
    }

    Request withForm(String body) {
        return new Request(registry, "POST", url, plain, authorization, Optional.of(body), limit)
                .withHeader("Content-Type", "application/x-www-form-urlencoded");
    }

    Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>(plain);
        authorization.ifPresent(value -> all.put("Authorization", value));
        return all;
    }

    /** Returns the header of Basic authentication. */
    public static String basic(Login login) {
        String pair = login.username() + ":" + login.password().reveal();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the same request at the address of a redirect. A request to another origin does not have the credential.
     *
     * @param isFromSafe whether credentials can be sent to the current address
     */
    Request redirectedTo(RegistryReply reply, boolean isFromSafe) throws NoAnswer {
        URI target;
        try {
            target = url.resolve(URI.create(reply.header("Location")));
        } catch (IllegalArgumentException e) {
            throw notFollowed("it redirects to something that is not a URL");
        }
        if (target.getHost() == null || target.getRawUserInfo() != null) {
            throw notFollowed("it redirects to a URL without a plain host");
        }
        if (isFromSafe && "https".equalsIgnoreCase(url.getScheme()) && "http".equalsIgnoreCase(target.getScheme())) {
            throw notFollowed("it redirects from https to plain http at " + target.getRawAuthority());
        }
        boolean sameOrigin = RegistryName.origin(target).equals(RegistryName.origin(url));
        return new Request(registry, method, target, plain, sameOrigin ? authorization : Optional.empty(), form, limit);
    }

    /** The address without the query. */
    String where() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }

    @Override
    public String toString() {
        return method + " " + where();
    }

    private NoAnswer notFollowed(String why) {
        return new NoAnswer(
                Verdict.UNKNOWN,
                url.getRawAuthority(),
                "not followed: " + why,
                "The answer of " + where() + " was not followed: " + why
                        + "; fix the registry or the proxy in front of it.");
    }
}
