package io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ApiServerUrl;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a cluster's Argo Server, and the login there.
 *
 * @param origin the name in messages, such as {@code the Argo Server of cluster "prod"}
 * @param url {@code https://host[:port][/path]}, which {@link #problem} accepts
 * @param authority PEM of the certificate authorities to trust; "" for those that Java trusts
 * @param skipTlsVerify whether any certificate is accepted
 * @param login empty to use the token with which the cluster is accessed
 */
public record ArgoServerAddress(
        String origin, String url, String authority, boolean skipTlsVerify, Optional<ClusterLogin> login) {

    private static final String BEARER = "Bearer ";

    public ArgoServerAddress {
        url = ApiServerUrl.withoutTrailingSlash(url);
    }

    /** Returns the login with a token, which can be written as {@code argo auth token} prints it: {@code Bearer …}. */
    public static ClusterLogin login(String token) {
        String text = token.strip();
        return ClusterLogin.token(Password.of(text.startsWith(BEARER) ? text.substring(BEARER.length()) : text));
    }

    /** Returns the problem of a URL, as the rest of a sentence after "The URL of Argo Server"; empty for a valid URL. */
    public static Optional<String> problem(String url, boolean skipTlsVerify) {
        return problem(url, skipTlsVerify, "skip the verification of TLS");
    }

    /**
     * Returns the problem of a URL, as the rest of a sentence; empty for a valid URL.
     *
     * @param skipAdvice how a user skips the verification of TLS, as a command to the user
     */
    public static Optional<String> problem(String url, boolean skipTlsVerify, String skipAdvice) {
        Optional<String> problem = ApiServerUrl.problem(url, "a server");
        boolean isPlainHttp = url.regionMatches(true, 0, "http:", 0, 5);
        return problem.isPresent() || !isPlainHttp || skipTlsVerify
                ? problem
                : Optional.of("is plain http, over which a credential can be read; write https://, or " + skipAdvice);
    }

    /**
     * Returns the page of a workflow in Argo's user interface, which finds an archived one by its uid.
     *
     * @param url the URL of the Argo Server
     */
    public static String page(String url, String namespace, String name, String uid) {
        String page = ApiServerUrl.withoutTrailingSlash(url) + "/workflows/" + encode(namespace) + "/" + encode(name);
        return uid.isEmpty() ? page : page + "?uid=" + encode(uid);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
