package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reader of private keys in the forms of PEM that kubectl accepts: PKCS #8 of any algorithm, PKCS #1 of RSA and SEC
 * 1 of elliptic curves. Java reads PKCS #8, so the others are wrapped in it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5208">RFC 5208, PrivateKeyInfo</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915, ECPrivateKey</a>
 */
final class ClientKeys {

    /** Matches a key in PEM: group 1 is its form, group 2 the base64. */
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (|RSA |EC )PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END \\1PRIVATE KEY-----");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    /** The DER of the version: INTEGER 0. */
    private static final byte[] VERSION = {2, 1, 0};
    /** The DER of the algorithm rsaEncryption: OBJECT IDENTIFIER 1.2.840.113549.1.1.1, NULL. */
    private static final byte[] RSA = {6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
    /** The DER of the algorithm id-ecPublicKey: OBJECT IDENTIFIER 1.2.840.10045.2.1. */
    private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private static final int MAX_KEY_CHARACTERS = 40_000;
    private static final int SEQUENCE_TAG = 0x30;
    private static final int OCTETS_TAG = 0x04;
    private static final int PARAMETERS_TAG = 0xa0;

    private ClientKeys() {}

    /**
     * Reads a private key.
     *
     * @throws GeneralSecurityException if the text has no key, or an encrypted one
     */
    static PrivateKey read(String pem) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.find()) {
            throw new InvalidKeyException("no PEM of a private key");
        }
        try {
            if (matcher.group(2).length() > MAX_KEY_CHARACTERS) {
                throw new InvalidKeyException("larger than a private key is");
            }
            byte[] content = Base64.getMimeDecoder().decode(matcher.group(2).getBytes(StandardCharsets.US_ASCII));
            return key(
                    switch (matcher.group(1)) {
                        case "RSA " -> pkcs8(RSA, content);
                        case "EC " -> pkcs8(join(EC, curve(content)), content);
                        default -> content;
                    });
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new InvalidKeyException("no private key");
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // The key can be of the next algorithm.
            }
        }
        throw new InvalidKeyException("no private key of " + String.join(", ", ALGORITHMS));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return der(SEQUENCE_TAG, VERSION, der(SEQUENCE_TAG, algorithm), der(OCTETS_TAG, key));
    }

    /**
     * Returns the object identifier of the curve, with its tag, from an ECPrivateKey: SEQUENCE { INTEGER 1, OCTET
     * STRING, [0] { OBJECT IDENTIFIER } … }.
     */
    private static byte[] curve(byte[] sec1) throws InvalidKeyException {
        int at = contentStart(sec1, 0);
        at = elementEnd(sec1, at);
        at = elementEnd(sec1, at);
        if ((sec1[at] & 0xff) != PARAMETERS_TAG) {
            throw new InvalidKeyException("no curve");
        }
        return Arrays.copyOfRange(sec1, contentStart(sec1, at), elementEnd(sec1, at));
    }

    /** Returns the index at which the content of an element begins. */
    private static int contentStart(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length > 0x80 ? length - 0x80 : 0);
    }

    /** Returns the index after an element. */
    private static int elementEnd(byte[] der, int at) {
        int contentStart = contentStart(der, at);
        int length = 0;
        for (int i = contentStart > at + 2 ? at + 2 : at + 1; i < contentStart; i++) {
            length = length << 8 | der[i] & 0xff;
        }
        if (length < 0 || length > der.length - contentStart) {
            throw new IndexOutOfBoundsException(length);
        }
        return contentStart + length;
    }

    /** Returns an element of DER: its tag, the length of its content, and the content. */
    private static byte[] der(int tag, byte[]... parts) {
        byte[] content = join(parts);
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] whole = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
