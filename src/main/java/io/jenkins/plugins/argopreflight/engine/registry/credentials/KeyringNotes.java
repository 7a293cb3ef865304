package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote.Kind;
import io.jenkins.plugins.argopreflight.engine.util.go.GoNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The notes on one Secret. Each note is about a part that does not work as the author of the Secret expected. */
final class KeyringNotes {

    private static final List<String> TOKENS = List.of("identitytoken", "registrytoken");
    private static final List<String> HELPERS = List.of("credsStore", "credHelpers");

    private final List<KeyringNote> notes;
    private final String secret;

    private KeyringNotes(List<KeyringNote> notes, String secret) {
        this.notes = notes;
        this.secret = secret;
    }

    /** Returns the predicate of a sentence: why the kubelet silently ignores a Secret; empty if it reads the Secret. */
    static Optional<String> whyIgnored(PullSecret secret) {
        Optional<String> key = PullSecret.key(secret.type());
        if (key.isEmpty()) {
            return Optional.of("is of type " + secret.type() + ", and pulls read only " + PullSecret.DOCKER_CONFIG_JSON
                    + "; create it again with that type");
        }
        if (secret.payload().isEmpty() || secret.payload().get().isEmpty()) {
            return Optional.of("has nothing under " + key.get()
                    + ", the key of its type; create it with kubectl create secret docker-registry");
        }
        return Optional.empty();
    }

    /**
     * Returns the error for a Secret that a consumer cannot parse.
     *
     * @param consequence the effect, or how to fix it
     */
    static KeyringError malformedError(
            String consumer, PullSecret secret, StoredAuths.MalformedException why, String consequence) {
        return new KeyringError(
                Optional.of(new KeyringError.Place(secret.name(), why.key(), why.field())),
                consumer + " cannot read its " + PullSecret.key(secret.type()).orElseThrow() + ": " + why.getMessage()
                        + "; " + consequence);
    }

    /** Adds the notes on a Secret to a list. */
    static void add(List<KeyringNote> notes, PullSecret secret, StoredAuths auths) {
        KeyringNotes secretNotes = new KeyringNotes(notes, secret.name());
        secretNotes.noteWhole(auths);
        auths.entries().forEach(secretNotes::noteEntry);
        secretNotes.noteEqualKeys(auths);
    }

    private void noteWhole(StoredAuths auths) {
        if (!auths.hasWrapper() && !auths.unread().stream().allMatch(HELPERS::contains)) {
            note(Kind.NO_ENTRIES, "", "its JSON has no auths, so it holds no credentials; wrap it: {\"auths\": {…}}");
        } else if (auths.entries().isEmpty()) {
            note(Kind.NO_ENTRIES, "", "it holds no registry");
        }
        HELPERS.stream()
                .filter(auths.unread()::contains)
                .forEach(name -> note(
                        Kind.FIELD_IGNORED,
                        "",
                        name + " is not read by Kubernetes: the passwords are in a credential helper of the"
                                + " machine it was copied from; store user name and password"));
    }

    private void noteEntry(String key, StoredAuth auth) {
        if (RegistryKey.isSkipped(key)) {
            note(Kind.KEY_IGNORED, key, "the key is no URL, so the kubelet skips the entry; write host[:port]");
            return;
        }
        RegistryKey.whyNoImageMatches(key).ifPresent(why -> note(Kind.KEY_NEVER_MATCHES, key, why));
        TOKENS.stream()
                .filter(token -> auth.unread().stream().anyMatch(name -> GoNames.same(name, token)))
                .forEach(token -> note(
                        Kind.FIELD_IGNORED, key, token + " is not read by Kubernetes; store user name and password"));
        if (auth.isEmpty()) {
            note(Kind.EMPTY_ENTRY, key, "neither user name nor password, and it is sent as credentials anyway");
        }
        if (auth.overridden()) {
            note(Kind.AUTH_WINS, key, "auth differs from username and password, and auth takes precedence");
        }
    }

    private void noteEqualKeys(StoredAuths auths) {
        Map<String, String> first = new LinkedHashMap<>();
        auths.entries()
                .keySet()
                .forEach(key -> RegistryUrl.normalise(key).ifPresent(normalised -> {
                    String other = first.putIfAbsent(normalised, key);
                    if (other != null) {
                        note(
                                Kind.RANDOM_ORDER,
                                key,
                                "it means the same as \"" + RegistryKey.shown(other)
                                        + "\", and the two are tried in random order; keep one");
                    }
                }));
    }

    /**
     * Returns the note on a credential with the key {@code docker.io}, which matches the images of Docker Hub. The
     * kubelet uses the entry under Docker Hub's own key, {@link RegistryKey#DOCKER_HUB}, only for images that no key
     * matches, and therefore never for those of Docker Hub.
     *
     * @param direct the credential with the key {@code docker.io}
     * @param hidden the credential under Docker Hub's own key
     */
    static KeyringNote hidingNote(StoredCredential direct, StoredCredential hidden) {
        String where = hidden.secret().equals(direct.secret()) ? "" : " of Secret \"" + hidden.secret() + "\"";
        List<KeyringNote> one = new ArrayList<>();
        new KeyringNotes(one, direct.secret())
                .note(
                        Kind.HIDES_DOCKER_HUB,
                        direct.key(),
                        "it hides \"" + hidden.key() + "\"" + where + " from the kubelet; keep only "
                                + RegistryKey.DOCKER_HUB);
        return one.get(0);
    }

    private void note(Kind kind, String key, String text) {
        String shown = RegistryKey.shown(key);
        String where = key.isEmpty() ? "" : "auths[\"" + shown + "\"]: ";
        notes.add(new KeyringNote(kind, secret, shown, where + text));
    }
}
