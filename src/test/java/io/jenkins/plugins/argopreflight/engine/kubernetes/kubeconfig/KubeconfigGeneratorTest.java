package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig.UntrustedKubeconfig.Author;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Combinations of the hostile shapes: whatever comes of them, nothing runs and nothing is read. */
@Tag("fuzz")
class KubeconfigGeneratorTest {

    private static final int ROUNDS = 20_000;
    private static final int LARGEST = 3_000;
    private static final List<String> ODD = List.of(
            "&a ",
            "*a",
            "<<: *a",
            "!!str ",
            "\0",
            "\ufeff",
            "---\n",
            "...\n",
            "''",
            "null",
            "~",
            "\t",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "#",
            "\\u0065",
            "\u202e",
            "1",
            "true",
            "\r",
            "%TAG ! tag:x\n",
            "? ",
            "|\n",
            ", ");

    private static final String ORDINARY = """
            apiVersion: v1
            kind: Config
            current-context: dev
            contexts: [{name: dev, context: {cluster: dev, user: jane}}]
            clusters: [{name: dev, cluster: {server: '${server}'}}]
            users: [{name: jane, user: {token: good}}]
            """;

    private final Random random = new Random(20261126);

    @TempDir
    private Path folder;

    @Test
    void shouldRunNothingAndReadNothingWhateverIsCombined() throws IOException {
        List<String> shapes = shapes();
        int accepted = 0;
        try (Canary canary = new Canary(folder)) {
            for (int round = 0; round < ROUNDS; round++) {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i <= (random.nextInt(4) == 0 ? 1 : 0); i++) {
                    texts.add(canary.fill(combine(shapes)));
                }
                if (isAccepted(texts, canary, accepted)) {
                    accepted++;
                }
                if (round % 500 == 0) {
                    assertThat(canary.traces()).as("the canary program ran").isEmpty();
                }
            }
            assertThat(canary.traces()).as("the canary program ran").isEmpty();
        }
        // Else the rounds would show nothing but that odd text is odd.
        assertThat(accepted).isGreaterThan(500);
    }

    private boolean isAccepted(List<String> texts, Canary canary, int before) {
        Author author = random.nextBoolean() ? Author.BUILD : Author.CREDENTIAL;
        List<UntrustedKubeconfig> kubeconfigs = texts.stream()
                .map(text -> new UntrustedKubeconfig("KUBECONFIG x", Password.of(text), author))
                .toList();
        try {
            ClusterEndpoint endpoint = UntrustedKubeconfig.endpoint(kubeconfigs, random.nextInt(3) == 0 ? "dev" : "");
            String token = token(endpoint);
            assertThat(String.join("", texts)).contains(token);
            assertThat(token + endpoint).doesNotContain(Canary.SECRET);
            if (before % 50 == 0 && endpoint.server().equals(canary.url())) {
                connect(endpoint);
                assertThat(canary.logins().toString()).doesNotContain(Canary.SECRET);
            }
            return true;
        } catch (KubeconfigException e) {
            assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(700).doesNotContain(Canary.SECRET);
            assertThat(e.getMessage().chars()).noneMatch(Character::isISOControl);
            return false;
        }
    }

    private static void connect(ClusterEndpoint endpoint) {
        try (Fabric8Gateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint))) {
            gateway.version();
        } catch (KubeconfigException | ClusterException e) {
            // A refusal is fine.
            assertThat(e.getMessage()).doesNotContain(Canary.SECRET);
        }
    }

    private static String token(ClusterEndpoint endpoint) {
        return endpoint.login().header() instanceof ClusterLogin.Bearer bearer
                ? bearer.token().get().reveal()
                : "";
    }

    private static List<String> shapes() throws IOException {
        List<String> shapes = new ArrayList<>();
        for (Path each : HostileKubeconfigTest.shapes().toList()) {
            String text = Files.readString(each).split("\n", 2)[1];
            if (text.length() < LARGEST) {
                shapes.add(text);
            }
        }
        return shapes;
    }

    /** Lines, entries and characters of some shapes in another order. */
    private String combine(List<String> shapes) {
        String text = random.nextBoolean() ? ORDINARY : pick(shapes);
        for (int i = random.nextInt(4); i > 0; i--) {
            text = switch (random.nextInt(6)) {
                case 0 -> insert(text, pick(ODD));
                case 1 -> line(text, pick(Arrays.asList(pick(shapes).split("\n"))));
                case 2 -> text + "\n" + pick(Arrays.asList(pick(shapes).split("\n")));
                case 3 -> swapUsers(text, pick(shapes));
                case 4 -> cut(text);
                default ->
                    text.replace(
                            pick(List.of("jane", "dev", "token", "user", "name")),
                            pick(List.of(
                                    "jane", "dev", "''", "exec", "Token", "tokenFile", "null", "bad", "user", "name")));
            };
        }
        return text;
    }

    /** The entries of the users of one shape behind those of another. */
    private static String swapUsers(String text, String other) {
        return text.lines()
                .map(line -> line.startsWith("users: [") && line.endsWith("]")
                        ? line.substring(0, line.length() - 1) + ", "
                                + other.lines()
                                        .filter(from -> from.startsWith("users: [") && from.length() > 8)
                                        .map(from -> from.substring(8))
                                        .findFirst()
                                        .orElse("]")
                        : line)
                .collect(Collectors.joining("\n"));
    }

    private String line(String text, String line) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n")));
        lines.add(random.nextInt(lines.size() + 1), line);
        return String.join("\n", lines);
    }

    private String insert(String text, String odd) {
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + odd + text.substring(at);
    }

    private String cut(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(12)));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
