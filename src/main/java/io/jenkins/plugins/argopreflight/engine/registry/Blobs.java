package io.jenkins.plugins.argopreflight.engine.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;

/** The endpoint of content that is named by its digest: {@code /v2/NAME/blobs/DIGEST}. */
final class Blobs {

    /** Far above any configuration that a builder writes. */
    static final int LARGEST = 4 << 20;

    private Blobs() {}

    static Reply read(Access access, String path, String digest, Deadline deadline) throws NoAnswer {
        return access.send("GET", path + "/blobs/" + digest, "*/*", OptionalInt.of(LARGEST + 1), deadline);
    }

    /** Whether the bytes are those that the digest names, as every container runtime checks. */
    static boolean matches(String digest, byte[] content) {
        String[] parts = digest.split(":", 2);
        try {
            byte[] sum = MessageDigest.getInstance(parts[0].equals("sha512") ? "SHA-512" : "SHA-256")
                    .digest(content);
            return HexFormat.of().formatHex(sum).equals(parts[1]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA", e);
        }
    }
}
