package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Lets a client's EC key be written as PKCS #8, as kubectl takes it and key stores give it: the client library reads
 * PKCS #8 of RSA keys only, and EC keys as SEC 1 has them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5915">RFC 5915, ECPrivateKey</a>
 */
final class EcKeys {

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private EcKeys() {}

    /** Changes nothing for other keys, and for what cannot be read: that is told when it is used. */
    static void adapt(Config config) {
        try {
            String pem = pem(config);
            int begin = pem.indexOf(BEGIN);
            int end = pem.indexOf(END);
            if (begin < 0 || end < begin) {
                return;
            }
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            if (KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8))
                    instanceof ECPrivateKey key) {
                String text = "-----BEGIN EC PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(sec1(key)) + "\n-----END EC PRIVATE KEY-----\n";
                config.setClientKeyData(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
                config.setClientKeyFile(null);
                config.setClientKeyAlgo("EC");
            }
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            // Another key's algorithm, or no key.
        }
    }

    private static String pem(Config config) throws IOException {
        if (config.getClientKeyData() != null) {
            return new String(Base64.getDecoder().decode(config.getClientKeyData()), StandardCharsets.UTF_8);
        }
        return config.getClientKeyFile() == null ? "" : Files.readString(Path.of(config.getClientKeyFile()));
    }

    private static byte[] sec1(ECPrivateKey key) throws GeneralSecurityException, IOException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(key.getParams());
        int length = (key.getParams().getOrder().bitLength() + 7) / 8;
        byte[] number = key.getS().toByteArray();
        byte[] fixed = new byte[length];
        int digits = Math.min(length, number.length);
        System.arraycopy(number, number.length - digits, fixed, length - digits, digits);
        byte[] version = {2, 1, 1};
        return der(0x30, version, der(0x04, fixed), der(0xa0, curve.getEncoded()));
    }

    private static byte[] der(int tag, byte[]... parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.write(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() > 127) {
            whole.write(0x81);
        }
        whole.write(content.size());
        content.writeTo(whole);
        return whole.toByteArray();
    }
}
