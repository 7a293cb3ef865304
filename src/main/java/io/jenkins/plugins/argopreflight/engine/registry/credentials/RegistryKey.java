package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key under which the kubelet, the Argo controller and docker all find a registry, however a user writes the
 * registry. Docker Hub's key is {@link #DOCKER_HUB}; the key of any other registry is {@code host[:port][/path]}.
 *
 * <p>A {@code *} in a label of the host is kept, since the kubelet and the controller match it (containerd and docker
 * never see the key). Character classes are refused: url.Parse of newer Go versions reads them as IPv6.
 */
public final class RegistryKey {

    /**
     * The only key of Docker Hub that the kubelet's default-registry rule, docker and go-containerregistry all
     * understand.
     */
    public static final String DOCKER_HUB = "https://index.docker.io/v1/";

    private static final Set<String> HUB_HOSTS = Set.of("docker.io", "index.docker.io");
    /** The hosts of Docker Hub that no image name has. */
    private static final Set<String> HOSTS_WITHOUT_IMAGES = Set.of(
            "registry-1.docker.io", "registry.hub.docker.com", "hub.docker.com", "auth.docker.io", "www.docker.com");

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://.*", Pattern.DOTALL);
    private static final Pattern PATH = Pattern.compile("(?:/[a-z0-9]++(?:[._-]++[a-z0-9]++)*+)++/?");

    private RegistryKey() {}

    /**
     * Returns the canonical key for a registry.
     *
     * @throws DockerConfigException if the text is not a registry; the message is a sentence with the problem and the
     *     fix
     */
    public static String canonical(String written) {
        if (written.isBlank()) {
            throw new DockerConfigException("the registry is empty; write host[:port], or docker.io for Docker Hub");
        }
        check(
                written,
                written.chars().noneMatch(c -> Character.isWhitespace(c) || c == '\u00A0'),
                "it contains white space; remove it");
        check(
                written,
                written.chars().noneMatch(Character::isISOControl),
                "it contains a control character; remove it");
        String bare = withoutScheme(written);
        check(written, bare.indexOf('?') < 0, "it contains a query; leave out everything from \"?\" on");
        check(written, bare.indexOf('#') < 0, "it contains a fragment; leave out everything from \"#\" on");
        int slash = bare.indexOf('/');
        String host = (slash < 0 ? bare : bare.substring(0, slash)).toLowerCase(Locale.ROOT);
        String path = slash < 0 || slash == bare.length() - 1 ? "" : bare.substring(slash);
        check(
                written,
                host.indexOf('@') < 0,
                "it contains a user name before \"@\"; leave it out and give the credential separately");
        check(
                written,
                !path.equals("/v1") && !path.equals("/v2"),
                "no image matches a key that ends in " + path + " without a slash; write "
                        + (HUB_HOSTS.contains(host) ? DOCKER_HUB : host));
        check(
                written,
                !HOSTS_WITHOUT_IMAGES.contains(host),
                "no image of Docker Hub matches that host; write docker.io");
        String keptPath = path.startsWith("/v1/") || path.startsWith("/v2/") ? path.substring(3) : path;
        if (HUB_HOSTS.contains(host)) {
            check(
                    written,
                    keptPath.isEmpty() || keptPath.equals("/"),
                    "Docker Hub takes one credential for all its repositories; write docker.io");
            return DOCKER_HUB;
        }
        HostSyntax.problem(host).ifPresent(problem -> {
            throw invalid(written, problem);
        });
        checkPath(written, host, keptPath);
        return keptPath.equals("/") ? host : host + keptPath;
    }

    /**
     * Returns the part of a key that the kubelet compares, or the key itself if the kubelet skips it. Two keys with
     * equal results are two credentials for the same images.
     */
    public static String comparedPart(String key) {
        return RegistryUrl.normalise(key).map(GoBytes::text).orElse(key);
    }

    /** Returns whether a Secret that is written again for the registry of a key replaces the entry with this key. */
    public static boolean isReplaceable(String key) {
        try {
            String canonical = canonical(key);
            return comparedPart(canonical).equals(comparedPart(key)) || isDockerHub(canonical) && isDockerHub(key);
        } catch (DockerConfigException notWritten) {
            return false;
        }
    }

    /** Returns whether the kubelet skips a key because it is not a URL. */
    public static boolean isSkipped(String key) {
        return RegistryUrl.normalise(key).isEmpty();
    }

    /**
     * Returns whether a key stands for Docker Hub, also as {@code docker.io}, whose entry keeps the kubelet from using
     * that of {@link #DOCKER_HUB}.
     */
    static boolean isDockerHub(String key) {
        return HUB_HOSTS.contains(comparedPart(key));
    }

    /** Returns the reason why no image ever matches a key as it is written in a Secret; empty if one can. */
    static Optional<String> whyNoImageMatches(String key) {
        String compared = comparedPart(key);
        int slash = compared.indexOf('/');
        String host = slash < 0 ? compared : compared.substring(0, slash);
        String path = slash < 0 ? "" : compared.substring(slash);
        if (path.equals("/v1") || path.equals("/v2")) {
            return Optional.of("no image matches a key that ends in " + path + " without a slash; write "
                    + (HUB_HOSTS.contains(host) ? DOCKER_HUB : host));
        }
        if (HOSTS_WITHOUT_IMAGES.contains(host)) {
            return Optional.of("no image of Docker Hub matches that host; write " + DOCKER_HUB);
        }
        if (path.indexOf(':') >= 0 || path.indexOf('@') >= 0) {
            return Optional.of(
                    "an image is matched without its tag or digest, so no image matches this key; write " + host);
        }
        if (!path.isEmpty() && !PATH.matcher(path).matches()) {
            return Optional.of("no repository can have that path, so no image matches this key; write " + host);
        }
        return HostSyntax.problem(host.toLowerCase(Locale.ROOT))
                .map(problem -> "no image matches this key: " + problem);
    }

    private static String withoutScheme(String written) {
        Matcher scheme = SCHEME.matcher(written);
        if (!scheme.matches()) {
            return written;
        }
        String name = scheme.group(1);
        check(
                written,
                name.equalsIgnoreCase("https") || name.equalsIgnoreCase("http"),
                "\"" + name + "://\" is no scheme of a registry; write host[:port]");
        return written.substring(name.length() + 3);
    }

    private static void checkPath(String written, String host, String path) {
        check(written, path.indexOf('@') < 0, "it is an image name with a digest; write " + host);
        check(
                written,
                path.indexOf(':') < 0,
                "an image is matched without its tag, so a key with a tag matches nothing; write " + host);
        check(
                written,
                path.indexOf('*') < 0 && path.indexOf('[') < 0,
                "a wildcard in a path matches nothing; a path matches by its beginning, so write it without");
        check(
                written,
                path.isEmpty() || path.equals("/") || PATH.matcher(path).matches(),
                "no repository can have that path (lower case, digits, single slashes); write " + host);
    }

    private static void check(String written, boolean isValid, String problem) {
        if (!isValid) {
            throw invalid(written, problem);
        }
    }

    private static DockerConfigException invalid(String written, String problem) {
        return new DockerConfigException("registry \"" + shown(written) + "\": " + problem);
    }

    /**
     * Returns a key in a form that is safe to print: without the parts before an "@" and after a "?" or "#", which can
     * contain a password.
     */
    public static String shown(String written) {
        int at = written.lastIndexOf('@');
        String shown = at < 0 ? written : "***" + written.substring(at);
        return shown.replaceAll("(?s)[?#].*", "?***").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }
}
