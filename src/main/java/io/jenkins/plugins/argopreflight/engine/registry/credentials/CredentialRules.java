package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoBase64;
import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for a user name and password that the kubelet can send. Messages never contain a password. */
final class CredentialRules {

    /** The user name with which Docker marks the password as an identity token. */
    static final String TOKEN_USER = "<token>";
    /** The user name that is sent with the tokens of Azure's registry. */
    static final String AZURE_TOKEN_USER = "00000000-0000-0000-0000-000000000000";

    /** Matches a variable that was not expanded: {@code $NAME}, {@code %NAME%}, or of a shell or template. */
    private static final Pattern UNEXPANDED =
            Pattern.compile("\\$(env:)?\\w+|\\$\\{\\w+}|\\$\\(.*\\)|%\\w+%|\\{\\{.*}}");

    private CredentialRules() {}

    /** Returns the reason why a credential cannot be stored; empty if it can. */
    static Optional<String> problem(RegistryCredential credential) {
        String user = credential.username();
        String password = credential.password().reveal();
        if (user.isEmpty()) {
            return Optional.of("the user name is empty; with a token alone, the registry's page on tokens names the"
                    + " user name to send with it");
        }
        if (user.equals(TOKEN_USER)) {
            return Optional.of(
                    "user name <token> marks an identity token, which Kubernetes cannot use; take a user name"
                            + " and password, or an access token that is sent as a password");
        }
        if (user.indexOf(':') >= 0) {
            return Optional.of("the user name contains \":\", at which user name and password are split; take another");
        }
        if (user.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the user name contains a line break or control character; remove it");
        }
        if (password.isEmpty()) {
            return Optional.of("the password is empty"
                    + (user.equals(AZURE_TOKEN_USER)
                            ? ": what az acr login stored is an identity token, which Kubernetes cannot use; take a"
                                    + " service principal or a repository-scoped token"
                            : "; give one by file, standard input or environment"));
        }
        if (password.endsWith("\n") || password.endsWith("\r")) {
            return Optional.of(
                    "the password ends with a line break, as echo and editors write one;" + " write it with printf %s");
        }
        if (password.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("the password contains a control character; check what was copied");
        }
        return Optional.empty();
    }

    /** Returns notes on values that look like a mistake but can be intended. */
    static List<String> notes(RegistryCredential credential) {
        List<String> notes = new ArrayList<>();
        String password = credential.password().reveal();
        if (UNEXPANDED.matcher(password).matches()) {
            notes.add("the password looks like a variable that was not expanded; between single quotes a shell keeps"
                    + " $NAME as it is, so use double quotes");
        }
        if (!password.equals(password.strip())) {
            notes.add("the password begins or ends with a space; that space is sent to the registry");
        }
        if (!credential.username().equals(credential.username().strip())) {
            notes.add("the user name begins or ends with a space; that space is sent to the registry");
        }
        if (isAuthField(credential.username(), password)) {
            notes.add("the password is base64 of user:password, which is an auth field; give the password itself");
        }
        if (credential.username().equals(AZURE_TOKEN_USER)) {
            notes.add("user name " + AZURE_TOKEN_USER + " goes with a token of Azure's registry that expires within"
                    + " hours; a service principal or a repository-scoped token lasts");
        }
        return notes;
    }

    private static boolean isAuthField(String username, String password) {
        try {
            return GoBase64.decode(password).startsWith(GoBytes.of(username) + ":");
        } catch (GoBase64.CorruptException e) {
            return false;
        }
    }
}
