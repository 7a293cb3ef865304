package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import java.util.List;
import java.util.Optional;

/**
 * The content of one Secret for one image. It contains no password in a form that can be printed.
 *
 * @param type the Secret's type, such as {@code Opaque}; "" if it could not be read
 * @param dataKey the key in the Secret's data that holds the credentials; "" if it could not be read or has none
 * @param keys its registry keys as they can be printed
 * @param matching the credentials in it that the kubelet uses for the image
 * @param similarKey a key that was probably meant for the image and does not match
 * @param error the reason why the kubelet cannot parse it, or ""
 * @param keysOfRightType keys that would match if the Secret had the right type; empty unless its type keeps the
 *     kubelet from reading it
 * @param unreadReason the reason why it could not be read, or ""
 * @param missingRight the missing right, if that is the reason
 */
public record PullSecretView(
        String name,
        Presence presence,
        String type,
        String dataKey,
        List<String> keys,
        List<StoredCredential> matching,
        Optional<SimilarKey> similarKey,
        String error,
        List<String> keysOfRightType,
        List<KeyringNote> notes,
        String unreadReason,
        Optional<Right> missingRight) {

    /** The existence of the Secret. */
    public enum Presence {
        PRESENT,
        ABSENT,
        UNKNOWN
    }

    /** Creates the view of a Secret that does not exist. */
    public static PullSecretView absent(String name) {
        return empty(name, Presence.ABSENT, "", Optional.empty());
    }

    /** Creates the view of a Secret that could not be read. */
    public static PullSecretView unknown(String name, Fact.Unknown<?> why) {
        return empty(name, Presence.UNKNOWN, why.reason(), why.missingRight());
    }

    private static PullSecretView empty(
            String name, Presence presence, String unreadReason, Optional<Right> missingRight) {
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
                unreadReason,
                missingRight);
    }

    public static PullSecretView of(ReadSecret existing, ImageReference image) {
        PullSecret secret = existing.secret();
        KubeletKeyring keyring = KubeletKeyring.of(List.of(secret));
        List<String> keys = SimilarKey.keys(secret);
        List<String> keysOfRightType = existing.meant()
                .map(other -> KubeletKeyring.of(List.of(other.secret())).lookup(image).credentials().stream()
                        .map(StoredCredential::key)
                        .toList())
                .orElse(List.of());
        return new PullSecretView(
                secret.name(),
                Presence.PRESENT,
                secret.type(),
                existing.meant()
                        .map(ReadSecret.Meant::key)
                        .or(() -> PullSecret.key(secret.type()))
                        .orElse(""),
                keys.stream().map(RegistryKey::shown).toList(),
                keyring.lookup(image).credentials(),
                SimilarKey.find(keys, image),
                keyring.error().map(KeyringError::text).orElse(""),
                keysOfRightType,
                keyring.notes(),
                "",
                Optional.empty());
    }

    /**
     * Returns a sentence that says when a Secret matters that could not be read, although the pulls work without it.
     *
     * @param anonymous the registries that need no credentials for the pulls, joined as a text; "" for none
     */
    public static String importance(String anonymous) {
        return "It matters only if it is malformed"
                + (anonymous.isEmpty() ? "" : ", or holds refused credentials for " + anonymous) + ".";
    }

    /** Returns whether the Secret could not be read. */
    public boolean isUnread() {
        return presence == Presence.UNKNOWN;
    }

    /**
     * Returns whether the Secret has an entry of this kind, which the kubelet reads differently than its author meant.
     */
    public boolean has(KeyringNote.Kind kind) {
        return notes.stream().anyMatch(note -> note.kind() == kind);
    }
}
