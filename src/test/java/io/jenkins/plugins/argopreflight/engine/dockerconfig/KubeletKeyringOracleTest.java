package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.Oracle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds KubeletKeyring equal to the kubelet's own package, on generated Secrets and images. */
@NeedsServers
class KubeletKeyringOracleTest {

    private static final long SEED = Long.getLong("argopreflight.seed", 20261125);
    private static final int CASES = Integer.getInteger("argopreflight.cases", 20_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldChooseAsTheKubeletDoes() throws JsonProcessingException {
        KeyringCases generator = new KeyringCases(SEED);
        List<KeyringCases.Case> cases =
                Stream.generate(generator::next).limit(CASES).toList();
        List<String> answers;
        try (Oracle kubelet = Oracle.kubelet()) {
            answers = kubelet.ask(cases.stream().map(KeyringCases.Case::json).toList());
        }

        int malformed = 0;
        int withCredentials = 0;
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            JsonNode expected = JSON.readTree(answers.get(i));
            CredentialLookup actual = KubeletKeyring.of(cases.get(i).pullSecrets())
                    .lookup(ImageReference.parse(cases.get(i).image()));
            malformed += expected.has("error") ? 1 : 0;
            withCredentials += expected.path("credentials").isEmpty() ? 0 : 1;
            if (!agrees(expected, actual)) {
                mismatches.add("seed " + SEED + ", case " + i + ": " + cases.get(i) + "\n  kubelet: " + expected
                        + "\n  ours: " + shown(actual));
            }
        }
        assertThat(mismatches).isEmpty();
        assertThat(malformed).as("malformed cases").isBetween(CASES / 20, CASES / 2);
        assertThat(withCredentials).as("cases with credentials").isGreaterThan(CASES / 10);
    }

    private static boolean agrees(JsonNode expected, CredentialLookup actual) {
        if (expected.has("error")) {
            String error = expected.get("error").asText();
            assertThat(expected.path("kind").asText()).as(error).isEqualTo("Secret");
            boolean auth = error.startsWith("illegal base64") || error.startsWith("unable to parse auth");
            return actual.error().filter(e -> !auth || e.contains(error + ";")).isPresent();
        }
        List<List<String>> kubelet = new ArrayList<>();
        expected.get("credentials")
                .forEach(c -> kubelet.add(
                        List.of(c.get("username").asText(), c.get("password").asText())));
        return actual.error().isEmpty() && ordered(kubelet, actual).equals(ordered(login(actual), actual));
    }

    /** Within one key of one Secret the kubelet's order is random: there both are sorted. */
    private static List<List<String>> ordered(List<List<String>> logins, CredentialLookup lookup) {
        List<StoredCredential> credentials = lookup.credentials();
        if (logins.size() != credentials.size()) {
            return logins;
        }
        List<List<String>> ordered = new ArrayList<>();
        for (int start = 0, end = 0; start < logins.size(); start = end) {
            while (end < logins.size() && sameKey(credentials.get(start), credentials.get(end))) {
                end++;
            }
            logins.subList(start, end).stream()
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .forEach(ordered::add);
        }
        return ordered;
    }

    private static boolean sameKey(StoredCredential one, StoredCredential other) {
        return one.secret().equals(other.secret())
                && RegistryKey.means(one.key()).equals(RegistryKey.means(other.key()));
    }

    private static List<List<String>> login(CredentialLookup lookup) {
        return lookup.credentials().stream()
                .map(c -> List.of(c.username(), c.password().reveal()))
                .toList();
    }

    private static String shown(CredentialLookup lookup) {
        return lookup.error().orElseGet(() -> login(lookup).toString());
    }
}
