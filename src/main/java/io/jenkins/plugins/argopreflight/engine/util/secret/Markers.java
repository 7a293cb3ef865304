package io.jenkins.plugins.argopreflight.engine.util.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The markers that replace passwords in a snapshot: equal passwords get equal markers. They are made with a random key
 * that is kept nowhere, so that no one can try passwords against them.
 */
public final class Markers {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 8;
    private static final String PREFIX = "argo-preflight-marker-";
    private static final Pattern MARKER = Pattern.compile("\\s*" + PREFIX + "[0-9a-f]{" + 2 * SHOWN_BYTES + "}\\s*");

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** Creates markers with a new random key. */
    public Markers() {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        key = new SecretKeySpec(random, ALGORITHM);
    }

    static boolean isMarker(String value) {
        return MARKER.matcher(value).matches();
    }

    /**
     * Returns the marker for a password. An empty or blank password stays as it is; white space around a password, a
     * common mistake, stays around its marker.
     */
    public String of(Password password) {
        String value = password.reveal();
        String inner = value.strip();
        if (inner.isEmpty()) {
            return value;
        }
        int start = value.indexOf(inner);
        return value.substring(0, start) + marker(inner) + value.substring(start + inner.length());
    }

    private String marker(String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] all = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(all, SHOWN_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing, which every Java has", e);
        }
    }
}
