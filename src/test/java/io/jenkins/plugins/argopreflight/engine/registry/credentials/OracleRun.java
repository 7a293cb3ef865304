package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.testing.server.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks an oracle generated questions, and compares its answers with ours. */
final class OracleRun {

    private static final long SEED = Long.getLong("argopreflight.seed", 20261125);
    private static final int CASES = Integer.getInteger("argopreflight.cases", 20_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The comparison of the oracle's answer with ours. */
    interface Comparison {
        boolean agrees(KeyringCases.Case question, JsonNode expected);
    }

    private OracleRun() {}

    static void compare(Oracle oracle, Comparison comparison) throws JsonProcessingException {
        KeyringCases generator = new KeyringCases(SEED);
        List<KeyringCases.Case> cases =
                Stream.generate(generator::next).limit(CASES).toList();
        List<String> answers =
                oracle.ask(cases.stream().map(KeyringCases.Case::json).toList());
        int malformed = 0;
        int withCredentials = 0;
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            JsonNode expected = JSON.readTree(answers.get(i));
            malformed += expected.has("error") ? 1 : 0;
            withCredentials += expected.path("credentials").isEmpty() ? 0 : 1;
            if (!comparison.agrees(cases.get(i), expected)) {
                mismatches.add("seed " + SEED + ", case " + i + ": " + cases.get(i) + "\n  expected: " + expected);
            }
        }
        assertThat(mismatches).isEmpty();
        assertThat(malformed).as("malformed cases").isBetween(CASES / 20, CASES / 2);
        assertThat(withCredentials).as("cases with credentials").isGreaterThan(CASES / 20);
    }

    /** Returns whether both failed, with the same words if these are about an auth field. */
    static boolean sameError(JsonNode expected, CredentialLookup actual) {
        String error = expected.get("error").asText();
        boolean auth = error.contains("illegal base64") || error.startsWith("unable to ");
        return actual.error()
                .filter(e -> !auth || e.text().contains(error + ";"))
                .isPresent();
    }

    static List<List<String>> logins(JsonNode expected) {
        List<List<String>> logins = new ArrayList<>();
        expected.get("credentials")
                .forEach(c -> logins.add(
                        List.of(c.get("username").asText(), c.get("password").asText())));
        return logins;
    }

    static List<List<String>> logins(List<StoredCredential> credentials) {
        return credentials.stream()
                .map(c -> List.of(c.username(), c.password().reveal()))
                .toList();
    }

    /** Returns whether the order of two credentials is random in Go: their keys are in one Secret and mean the same. */
    static boolean randomOrder(StoredCredential one, StoredCredential other) {
        return one.secret().equals(other.secret())
                && RegistryKey.comparedPart(one.key()).equals(RegistryKey.comparedPart(other.key()));
    }
}
