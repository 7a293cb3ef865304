package io.jenkins.plugins.argopreflight.offline.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ControllerKeychain;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.CredentialLookup;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.Keyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringCases;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.util.secret.Markers;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedConfigTest {

    private static final String NOT_JSON = "it is not JSON: line \\d+, column \\d+";

    private final Markers markers = new Markers();
    private final MaskedConfig mask = new MaskedConfig(markers);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"auths":{"r.io":{"username":"u","password":"P","email":"e"}}}  | {"auths":{"r.io":{"username":"u","password":"M","email":"e"}}}
        {"auths":{"r.io":{"PassWord":"P","identitytoken":"P"}}}         | {"auths":{"r.io":{"PassWord":"M","identitytoken":"M"}}}
        {"auths":{"r.io":{"password":12345,"x":[7,{"y":"P"}]}}}         | {"auths":{"r.io":{"password":0,"x":[0,{"y":"M"}]}}}
        {"auths":{"https://u:P@r.io/v1":null},"auths":"P"}              | {"auths":{"https://u:M@r.io/v1":null},"auths":"M"}
        {"HttpHeaders":{"X-Token":"P"},"credsStore":"P"}                | {"HttpHeaders":{"X-Token":"M"},"credsStore":"M"}
        {"auths":{"r.io":{"auth":"dTpQ"}}}                              | {"auths":{"r.io":{"auth":"B64(u:M)"}}}
        {"auths":{"r.io":{"auth":"UA=="}}}                              | {"auths":{"r.io":{"auth":"B64(M)"}}}
        {"auths":{"r.io":{"auth":"dT!Q-x=é"}}}                          | {"auths":{"r.io":{"auth":"AA*A*A=**"}}}
        {"auths": P                                                     | not JSON
        """)
    void shouldKeepEverythingButSecrets(String json, String expected) {
        String masked = plain(mask.mask(PullSecret.DOCKER_CONFIG_JSON, base64(json)));

        String marker = markers.of(Password.of("P"));
        assertThat(masked)
                .isEqualTo(expected.replace("B64(u:M)", base64("u:" + marker))
                        .replace("B64(M)", base64(marker))
                        .replaceAll("(?<=[\":])M(?=[\"@])", marker));
        assertThat(Password.of(marker).isMarker()).isTrue();
    }

    @Test
    void shouldMarkEqualPasswordsAlikeWithinOneSnapshotOnly() {
        assertThat(markers.of(Password.of("P"))).isEqualTo(markers.of(Password.of("P")));
        assertThat(markers.of(Password.of("P"))).isNotEqualTo(markers.of(Password.of("Q")));
        assertThat(markers.of(Password.of("P"))).isNotEqualTo(new Markers().of(Password.of("P")));
        assertThat(markers.of(Password.of(" P\n"))).isEqualTo(" " + markers.of(Password.of("P")) + "\n");
        assertThat(markers.of(Password.of(""))).isEmpty();
        assertThat(Password.of("P").isMarker()).isFalse();
    }

    /** Secrets around every rule of both consumers: they find the same credentials, and fail in the same words. */
    @Test
    void shouldBeReadAsTheOriginal() {
        KeyringCases cases = new KeyringCases(7);
        for (int i = 0; i < 10_000; i++) {
            KeyringCases.Case original = cases.next();
            KeyringCases.Case masked = new KeyringCases.Case(
                    original.secrets().stream().map(this::masked).toList(), original.image());
            assertSame(original, masked);
        }
    }

    private void assertSame(KeyringCases.Case original, KeyringCases.Case masked) {
        Optional<ImageReference> image = Optional.of(ImageReference.parse(original.image()));
        for (boolean kubelet : List.of(true, false)) {
            Keyring before = keyring(kubelet, original.pullSecrets());
            Keyring after = keyring(kubelet, masked.pullSecrets());
            assertThat(words(after.lookup(image.get()), false))
                    .as(original.toString())
                    .isEqualTo(words(before.lookup(image.get()), true));
            assertThat(after.notes())
                    .extracting(KeyringNote::kind)
                    .as(original.toString())
                    .isEqualTo(before.notes().stream().map(KeyringNote::kind).toList());
        }
    }

    private String words(CredentialLookup lookup, boolean mark) {
        List<String> found = lookup.credentials().stream()
                .map(each -> each.secret() + " " + each.username() + ":"
                        + (mark ? markers.of(each.password()) : each.password().reveal()))
                .toList();
        return found + " " + lookup.error().map(error -> error.text().replaceAll(NOT_JSON, "not JSON"));
    }

    private static Keyring keyring(boolean kubelet, List<PullSecret> secrets) {
        return kubelet ? KubeletKeyring.of(secrets) : ControllerKeychain.of(secrets);
    }

    private KeyringCases.RawSecret masked(KeyringCases.RawSecret secret) {
        Map<String, String> data = new LinkedHashMap<>(secret.data());
        PullSecret.key(secret.type())
                .ifPresent(key -> data.computeIfPresent(key, (k, value) -> mask.mask(secret.type(), value)));
        return new KeyringCases.RawSecret(secret.name(), secret.type(), data);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
