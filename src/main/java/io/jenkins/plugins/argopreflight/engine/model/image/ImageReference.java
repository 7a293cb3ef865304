package io.jenkins.plugins.argopreflight.engine.model.image;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image name as the kubelet reads it: {@code nginx} becomes {@code docker.io/library/nginx:latest}. The rules are
 * those of <a href="https://github.com/distribution/reference/blob/main/normalize.go">distribution/reference</a>, which
 * the kubelet calls through ParseImageName.
 *
 * @param original the name as it was written
 * @param registry host[:port], {@code docker.io} for Docker Hub
 * @param path the repository within the registry, {@code library/nginx}
 * @param tag the tag; {@code latest} if neither tag nor digest was written
 * @param digest such as {@code sha256:…}; the digest takes precedence over the tag
 */
public record ImageReference(
        String original, String registry, String path, Optional<String> tag, Optional<String> digest) {

    private static final int MAX_PATH_CHARACTERS = 255;

    /** A limit that is longer than repository, tag and digest can be together. */
    private static final int MAX_NAME_CHARACTERS = 1024;

    private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    private static final Pattern PLAIN_HOST =
            Pattern.compile("(?:" + HOST_PART + "(?:\\." + HOST_PART + ")*|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?");

    /**
     * The pattern of a host. A name that is no valid host, such as a name with an underscore, matches as the first part
     * of a path.
     */
    private static final String HOST = PLAIN_HOST.pattern() + "|" + PATH_PART;

    private static final Pattern REFERENCE = Pattern.compile("(?<host>" + HOST + ")/(?<path>" + PATH_PART + "(?:/"
            + PATH_PART + ")*)(?::(?<tag>[\\w][\\w.-]{0,127}))?"
            + "(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-f0-9]{64}");
    private static final Pattern SHA = Pattern.compile("sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}");

    /** Reads and normalises a name; empty if the kubelet would report InvalidImageName. */
    public static Optional<ImageReference> ifValid(String image) {
        try {
            return Optional.of(parse(image));
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads and normalises a name.
     *
     * @throws InvalidImageException if the kubelet would report InvalidImageName
     */
    public static ImageReference parse(String image) {
        if (image.isEmpty()) {
            throw new InvalidImageException(image, "it is empty");
        }
        if (image.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidImageException(
                    image.substring(0, 100) + "…",
                    "the repository is longer than " + MAX_PATH_CHARACTERS + " characters");
        }
        if (IDENTIFIER.matcher(image).matches()) {
            throw new InvalidImageException(image, "64 hexadecimal digits are an image id; write a repository name");
        }
        String full = withRegistry(image);
        Matcher parts = REFERENCE.matcher(full);
        if (!parts.matches()) {
            throw new InvalidImageException(image, problem(image, full));
        }
        Optional<String> digest = Optional.ofNullable(parts.group("digest"));
        if (digest.isPresent() && !SHA.matcher(digest.get()).matches()) {
            throw new InvalidImageException(image, "the digest must be sha256: and 64 lower-case hexadecimal digits");
        }
        // A host that matches only as a part of a path counts for the length of the path.
        int hostCharacters = PLAIN_HOST.matcher(parts.group("host")).matches() ? 0 : parts.start("path");
        if (hostCharacters + parts.group("path").length() > MAX_PATH_CHARACTERS) {
            throw new InvalidImageException(
                    image, "the repository is longer than " + MAX_PATH_CHARACTERS + " characters");
        }
        Optional<String> tag = Optional.ofNullable(parts.group("tag"));
        return new ImageReference(
                image,
                parts.group("host"),
                parts.group("path"),
                tag.isEmpty() && digest.isEmpty() ? Optional.of("latest") : tag,
                digest);
    }

    /**
     * Returns the name as Argo's controller reads it when it looks up a command. The first part of a name is a registry
     * only if it has a dot or a port: {@code localhost/image} is on Docker Hub. Source: go-containerregistry
     * pkg/name/repository.go.
     */
    public ImageReference asLookedUp() {
        boolean host = registry.contains(".") || registry.contains(":");
        return host ? this : new ImageReference(original, "docker.io", registry + "/" + path, tag, digest);
    }

    /** The name without tag and digest, by which credentials are looked up: {@code docker.io/library/nginx}. */
    public String repository() {
        return registry + "/" + path;
    }

    /** The digest, or else the tag, by which a manifest is requested. */
    public String version() {
        return digest.or(() -> tag).orElseThrow();
    }

    public boolean isDockerHub() {
        return registry.equals("docker.io");
    }

    @Override
    public String toString() {
        return repository()
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }

    private static String withRegistry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        String registry = slash >= 0 && host ? first : "docker.io";
        String rest = slash >= 0 && host ? image.substring(slash + 1) : image;
        if (registry.equals("index.docker.io")) {
            registry = "docker.io";
        }
        boolean isOfficial = registry.equals("docker.io") && rest.indexOf('/') < 0;
        return registry + "/" + (isOfficial ? "library/" : "") + rest;
    }

    private static String problem(String image, String full) {
        String path = full.substring(full.indexOf('/') + 1).split("[:@]", 2)[0];
        if (!path.equals(path.toLowerCase(Locale.ROOT))) {
            return "the repository must be lower case";
        }
        if (image.contains("://")) {
            return "leave out the scheme";
        }
        if (!image.equals(image.strip()) || image.contains(" ")) {
            return "it contains white space";
        }
        return "expected [HOST[:PORT]/]PATH[:TAG][@DIGEST]";
    }
}
