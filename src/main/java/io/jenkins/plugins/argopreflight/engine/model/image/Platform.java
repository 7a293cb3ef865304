package io.jenkins.plugins.argopreflight.engine.model.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The platform of an image or a node: {@code linux/amd64}, {@code linux/arm/v7}. Spellings are normalised as
 * <a href="https://github.com/containerd/platforms/blob/main/database.go">containerd</a> does: {@code x86_64} is
 * {@code amd64}, {@code arm} is {@code arm/v7}, {@code arm64/v8} is {@code arm64}, {@code amd64/v1} is {@code amd64}.
 *
 * @param os the operating system in lower case; "" if it is not reported
 * @param architecture the name that Go uses
 * @param variant the variant; "" for the usual one of an architecture other than arm
 */
public record Platform(String os, String architecture, String variant) {

    private static final String HIGHEST_AMD64 = "v4";
    private static final String HIGHEST_ARM64 = "v9.5";
    private static final String HIGHEST_ARM = "v8";
    private static final Pattern VERSION = Pattern.compile("v([0-9])(?:\\.([0-9]))?");

    /**
     * The answer whether a node can use an image of an index, according to the node's label {@code kubernetes.io/arch}.
     */
    public enum Fit {
        YES,
        /** The answer depends on the node's CPU and container runtime. */
        MAYBE,
        NO
    }

    public Platform {
        os = os.toLowerCase(Locale.ROOT).replace("macos", "darwin");
        String arch = architecture.toLowerCase(Locale.ROOT);
        String lower = variant.toLowerCase(Locale.ROOT);
        switch (arch) {
            case "i386", "386" -> {
                architecture = "386";
                variant = arch.equals("i386") ? "" : lower;
            }
            case "x86_64", "x86-64", "amd64" -> {
                architecture = "amd64";
                variant = lower.equals("v1") ? "" : lower;
            }
            case "aarch64", "arm64" -> {
                architecture = "arm64";
                variant = lower.equals("8") || lower.equals("v8") ? "" : lower;
            }
            case "armhf" -> {
                architecture = "arm";
                variant = "v7";
            }
            case "armel" -> {
                architecture = "arm";
                variant = "v6";
            }
            case "arm" -> {
                architecture = "arm";
                variant = lower.isEmpty() ? "v7" : lower.matches("[5-8]") ? "v" + lower : lower;
            }
            default -> {
                architecture = arch;
                variant = lower;
            }
        }
    }

    /** Reads {@code OS/ARCHITECTURE[/VARIANT]}; missing parts are "". */
    public static Platform parse(String text) {
        String[] parts = text.strip().split("/", 3);
        return new Platform(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /**
     * Returns whether a container runtime on {@code node} takes this platform from an index: the platform of the node,
     * an older variant of it, or the 32-bit architecture that it includes
     * (<a href="https://github.com/containerd/platforms/blob/main/compare.go">containerd's {@code Only}</a>).
     */
    public boolean isTakenBy(Platform node) {
        return node.takenPlatforms().contains(this);
    }

    /**
     * Returns whether a node takes one of an image's platforms. Kubernetes shows a node's architecture, not its CPU's
     * variant.
     *
     * @param node the platform by the labels {@code kubernetes.io/os} and {@code kubernetes.io/arch}
     */
    public static Fit fit(List<Platform> image, Platform node) {
        if (image.stream().anyMatch(platform -> platform.isTakenBy(node))) {
            return Fit.YES;
        }
        Platform newest = node.withNewestVariant();
        return image.stream().anyMatch(platform -> platform.isTakenBy(newest)) ? Fit.MAYBE : Fit.NO;
    }

    /** Returns this platform with the newest variant of its architecture. */
    private Platform withNewestVariant() {
        return switch (architecture) {
            case "amd64" -> with(architecture, HIGHEST_AMD64);
            case "arm64" -> with(architecture, HIGHEST_ARM64);
            case "arm" -> with(architecture, HIGHEST_ARM);
            default -> this;
        };
    }

    /** Returns the platforms that a container runtime on this platform takes. */
    private List<Platform> takenPlatforms() {
        return switch (architecture) {
            case "amd64" ->
                Stream.concat(Stream.of(this), Stream.concat(olderVariants(1), Stream.of(with("386", ""))))
                        .toList();
            case "arm" -> Stream.concat(Stream.of(this), olderVariants(5)).toList();
            case "arm64" ->
                Stream.concat(includedArm64().stream(), with("arm", HIGHEST_ARM).takenPlatforms().stream())
                        .toList();
            default -> List.of(this);
        };
    }

    /** Returns the older variants of this platform, beginning with a version. */
    private Stream<Platform> olderVariants(int oldest) {
        Matcher version = VERSION.matcher(variant);
        int newest = version.matches() ? Integer.parseInt(version.group(1)) : oldest;
        return IntStream.range(oldest, newest).mapToObj(one -> with(architecture, "v" + one));
    }

    /**
     * Returns the versions of arm64 that this version includes. Version 9.x includes 9.0 to 9.x and, since 9.0 is based
     * on 8.5, 8.0 to 8.(x+5).
     */
    private List<Platform> includedArm64() {
        List<Platform> all = new ArrayList<>(List.of(this));
        Matcher version = VERSION.matcher(variant);
        int major = version.matches() ? Integer.parseInt(version.group(1)) : 8;
        int minor = version.matches() && version.group(2) != null ? Integer.parseInt(version.group(2)) : 0;
        if (major == 9) {
            IntStream.range(0, minor).forEach(one -> all.add(with(architecture, dotted(9, one))));
            minor += 6;
        }
        IntStream.range(0, minor).forEach(one -> all.add(with(architecture, dotted(8, one))));
        return all;
    }

    private static String dotted(int major, int minor) {
        return "v" + major + (minor == 0 ? "" : "." + minor);
    }

    private Platform with(String otherArchitecture, String otherVariant) {
        return new Platform(os, otherArchitecture, otherVariant);
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
