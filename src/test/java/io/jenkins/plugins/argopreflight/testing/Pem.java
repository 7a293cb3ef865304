package io.jenkins.plugins.argopreflight.testing;

import java.util.Base64;

/** Keys and certificates as files hold them. */
public final class Pem {

    private Pem() {}

    /** @param type such as {@code CERTIFICATE} */
    public static String text(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }
}
