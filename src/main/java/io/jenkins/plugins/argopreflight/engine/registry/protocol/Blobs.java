package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.OptionalInt;

/** The endpoint of content with a digest: {@code /v2/NAME/blobs/DIGEST}. */
public final class Blobs {

    /** The maximum number of bytes that are read. The configurations that builders write are much smaller. */
    public static final int MAX_BYTES = 4 << 20;

    private Blobs() {}

    public static RegistryReply read(RegistryAccess access, String path, String digest, Deadline deadline)
            throws NoAnswer {
        return access.send("GET", path + "/blobs/" + digest, "*/*", OptionalInt.of(MAX_BYTES + 1), deadline);
    }

    /** Returns whether the bytes have the digest, as every container runtime checks. */
    public static boolean matches(String digest, byte[] content) {
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
