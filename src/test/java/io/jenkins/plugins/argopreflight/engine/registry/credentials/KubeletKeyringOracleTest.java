package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds KubeletKeyring equal to the kubelet's own package, on generated Secrets and images. */
@NeedsServers(Server.ORACLES)
class KubeletKeyringOracleTest {

    @Test
    void shouldChooseAsTheKubeletDoes() throws JsonProcessingException {
        try (Oracle kubelet = Oracle.kubelet()) {
            OracleRun.compare(kubelet, KubeletKeyringOracleTest::agrees);
        }
    }

    private static boolean agrees(KeyringCases.Case question, JsonNode expected) {
        CredentialLookup actual =
                KubeletKeyring.of(question.pullSecrets()).lookup(ImageReference.parse(question.image()));
        if (expected.has("error")) {
            return expected.get("kind").asText().equals("Secret") && OracleRun.sameError(expected, actual);
        }
        List<StoredCredential> credentials = actual.credentials();
        return actual.error().isEmpty()
                && sorted(OracleRun.logins(expected), credentials)
                        .equals(sorted(OracleRun.logins(credentials), credentials));
    }

    /** Sorts within each run of credentials whose order is random. */
    private static List<List<String>> sorted(List<List<String>> logins, List<StoredCredential> credentials) {
        if (logins.size() != credentials.size()) {
            return logins;
        }
        List<List<String>> sorted = new ArrayList<>();
        for (int start = 0, end = 0; start < logins.size(); start = end) {
            while (end < logins.size() && OracleRun.randomOrder(credentials.get(start), credentials.get(end))) {
                end++;
            }
            logins.subList(start, end).stream()
                    .sorted(Comparator.comparing(List::toString))
                    .forEach(sorted::add);
        }
        return sorted;
    }
}
