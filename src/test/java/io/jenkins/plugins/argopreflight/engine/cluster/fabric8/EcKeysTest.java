package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcKeysTest {

    private static Config config(String pem) {
        return new ConfigBuilder(Config.empty())
                .withClientKeyData(Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static String adapted(Config config) {
        EcKeys.adapt(config);
        return new String(Base64.getDecoder().decode(config.getClientKeyData()), StandardCharsets.UTF_8);
    }

    private static PrivateKey key(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPrivate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void shouldWriteAKeyAsTheClientReadsIt(String curve, @TempDir Path folder) throws Exception {
        for (int i = 0; i < 20; i++) {
            String pem = pem(key(curve));
            Config data = config(pem);
            assertThat(adapted(data)).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
            assertThat(data.getClientKeyAlgo()).isEqualTo("EC");

            Config file = Config.empty();
            file.setClientKeyFile(
                    Files.writeString(folder.resolve("key.pem"), pem).toString());
            assertThat(adapted(file)).isEqualTo(adapted(data));
            assertThat(file.getClientKeyFile()).isNull();
        }
    }

    @Test
    void shouldLeaveOtherKeysAlone() throws Exception {
        String rsa = pem(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
        for (String other : new String[] {rsa, "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----", "none"}) {
            assertThat(adapted(config(other))).isEqualTo(other);
        }
        Config none = Config.empty();
        EcKeys.adapt(none);
        assertThat(none.getClientKeyData()).isNull();
    }
}
