package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.List;
import java.util.Optional;

/**
 * What one Secret has for one image; it holds no password that could be printed.
 *
 * @param type such as {@code Opaque}; "" when it could not be checked
 * @param dataKey the key of its data under which the credentials are; "" when it could not be checked or has none
 * @param keys its registry keys as they can be printed
 * @param matching what the kubelet finds in it for the image
 * @param near a key that was meant for the image and does not match
 * @param error why the kubelet cannot read it; "" when it can
 * @param meant keys of a Secret whose type keeps the kubelet from reading it, that would match under the right type
 * @param unread why it could not be checked
 * @param missingRight the right that was missing, when that is why
 */
public record PullSecretView(
        String name,
        Presence presence,
        String type,
        String dataKey,
        List<String> keys,
        List<StoredCredential> matching,
        Optional<NearKey> near,
        String error,
        List<String> meant,
        List<KeyringNote> notes,
        String unread,
        Optional<Right> missingRight) {

    /** Whether it is there. */
    public enum Presence {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    /** No such Secret. */
    public static PullSecretView absent(String name) {
        return empty(name, Presence.ABSENT, "", Optional.empty());
    }

    /** No one could look. */
    public static PullSecretView unknown(String name, Fact.Unknown<?> why) {
        return empty(name, Presence.UNKNOWN, why.reason(), why.missingRight());
    }

    private static PullSecretView empty(String name, Presence presence, String unread, Optional<Right> missingRight) {
        return new PullSecretView(
                name,
                presence,
                "",
                "",
                List.of(),
                List.of(),
                Optional.empty(),
                "",
                List.of(),
                List.of(),
                unread,
                missingRight);
    }

    public static PullSecretView of(ReadSecret read, ImageReference image) {
        PullSecret secret = read.secret();
        KubeletKeyring keyring = KubeletKeyring.of(List.of(secret));
        List<String> keys = NearKey.keys(secret);
        List<String> would = read.meant()
                .map(other -> KubeletKeyring.of(List.of(other.secret())).lookup(image).credentials().stream()
                        .map(StoredCredential::key)
                        .toList())
                .orElse(List.of());
        return new PullSecretView(
                secret.name(),
                Presence.PRESENT,
                secret.type(),
                read.meant()
                        .map(ReadSecret.Meant::key)
                        .or(() -> PullSecret.key(secret.type()))
                        .orElse(""),
                keys.stream().map(RegistryKey::shown).toList(),
                keyring.lookup(image).credentials(),
                NearKey.find(keys, image),
                keyring.error().map(KeyringError::text).orElse(""),
                would,
                keyring.notes(),
                "",
                Optional.empty());
    }

    /**
     * Returns a sentence on when a Secret matters that could not be read, and that pulls work without.
     *
     * @param anonymous the registries that the pulls need no credentials for, in words; "" for none
     */
    public static String importance(String anonymous) {
        return "It matters only if it is malformed"
                + (anonymous.isEmpty() ? "" : ", or holds refused credentials for " + anonymous) + ".";
    }

    /** Returns whether it could not be read. */
    public boolean isUnread() {
        return presence == Presence.UNKNOWN;
    }

    /** Whether it holds this trap. */
    public boolean has(KeyringNote.Kind kind) {
        return notes.stream().anyMatch(note -> note.kind() == kind);
    }
}
