package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds ControllerKeychain equal to the package that the Argo controller uses, on generated Secrets and images. */
@NeedsServers(Server.ORACLES)
class ControllerKeychainOracleTest {

    private static final List<String> NOTHING = List.of("", "");

    @Test
    void shouldChooseAsTheControllerDoes() throws JsonProcessingException {
        try (Oracle controller = Oracle.controller()) {
            OracleRun.compare(controller, ControllerKeychainOracleTest::agrees);
        }
    }

    private static boolean agrees(KeyringCases.Case question, JsonNode expected) {
        ControllerKeychain keychain = ControllerKeychain.of(question.pullSecrets());
        ImageReference image = ImageReference.parse(question.image());
        CredentialLookup actual = keychain.lookup(image);
        if (expected.has("error")) {
            return OracleRun.sameError(expected, actual);
        }
        List<List<String>> possible = couldBeFirst(keychain.candidates(image));
        if (actual.error().isPresent()
                || possible.size() == 1 && !OracleRun.logins(expected).equals(OracleRun.logins(actual.credentials()))) {
            return false;
        }
        List<List<String>> logins = OracleRun.logins(expected);
        return logins.isEmpty() ? possible.isEmpty() || possible.contains(NOTHING) : possible.contains(logins.get(0));
    }

    /**
     * Returns the credentials that can be first in the controller's random order. One that sends nothing makes the
     * request anonymous.
     */
    private static List<List<String>> couldBeFirst(List<StoredCredential> candidates) {
        return OracleRun.logins(candidates.stream()
                .takeWhile(c -> OracleRun.randomOrder(candidates.get(0), c))
                .toList());
    }
}
