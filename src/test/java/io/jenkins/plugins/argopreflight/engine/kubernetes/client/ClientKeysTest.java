package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.testing.Pem;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientKeysTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("argopreflight.root", "../..")).resolve("src/test/resources/kubeconfig/keys");

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void shouldReadPkcs8OfACurve(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        PrivateKey key = generator.generateKeyPair().getPrivate();
        assertThat(ClientKeys.read(Pem.text("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "Ed25519"})
    void shouldReadPkcs8(String algorithm) throws GeneralSecurityException {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        assertThat(ClientKeys.read(Pem.text("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    /** The keys are as openssl writes them, in its old form and in PKCS #8. */
    @ParameterizedTest
    @CsvSource({"rsa, RSA", "p256, EC", "p384, EC", "p521, EC"})
    void shouldReadTheOlderFormsAsTheSameKey(String name, String algorithm) throws Exception {
        PrivateKey old = ClientKeys.read(Files.readString(FIXTURES.resolve(name + "-old.pem")));
        assertThat(old.getAlgorithm()).isEqualTo(algorithm);
        assertThat(number(old))
                .isEqualTo(number(ClientKeys.read(Files.readString(FIXTURES.resolve(name + "-pkcs8.pem")))));
    }

    private static BigInteger number(PrivateKey key) {
        return key instanceof ECPrivateKey curve ? curve.getS() : ((RSAPrivateKey) key).getPrivateExponent();
    }

    @Test
    void shouldRefuseEverythingElseWithOneKindOfError() throws Exception {
        byte[] key = Base64.getMimeDecoder()
                .decode(Files.readString(FIXTURES.resolve("p256-old.pem"))
                        .replaceAll("-----[A-Z ]+-----", "")
                        .strip());
        for (int length = 0; length < key.length; length++) {
            String cut = Pem.text("EC PRIVATE KEY", Arrays.copyOf(key, length));
            assertThatThrownBy(() -> ClientKeys.read(cut)).isInstanceOf(GeneralSecurityException.class);
        }
        for (String none : new String[] {
            "",
            "canary",
            "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----",
            Pem.text("ENCRYPTED PRIVATE KEY", key),
            Pem.text("CERTIFICATE", key)
        }) {
            assertThatThrownBy(() -> ClientKeys.read(none))
                    .isInstanceOf(GeneralSecurityException.class)
                    .message()
                    .doesNotContain("canary");
        }
    }
}
