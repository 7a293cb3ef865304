package io.jenkins.plugins.argopreflight.step.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import hudson.ExtensionList;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import jenkins.model.Jenkins;

/** The identity of this Jenkins controller. */
final class ControllerIdentity {

    private static final int HASH_LENGTH = 24;

    private ControllerIdentity() {}

    /**
     * Returns the first characters of the SHA-256 hash of the instance identity's public key, or else of the legacy
     * instance id.
     */
    static String id() {
        return ExtensionList.lookup(InstanceKey.class).stream()
                .findFirst()
                .map(key -> hash(key.encoded()))
                .orElseGet(() -> hash(Jenkins.get().getLegacyInstanceId().getBytes(UTF_8)));
    }

    /** Returns a name for messages: the root URL, or the id if there is none. */
    static String name() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "Jenkins " + id() : root;
    }

    static String hash(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
