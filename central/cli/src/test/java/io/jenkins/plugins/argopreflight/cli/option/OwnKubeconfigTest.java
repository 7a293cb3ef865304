package io.jenkins.plugins.argopreflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's own kubeconfig on the command line keeps what kubectl does with it. */
class OwnKubeconfigTest {

    @TempDir
    private Path folder;

    private Path kubeconfig(String server, String user) throws IOException {
        return Files.writeString(folder.resolve("config"), """
                current-context: a
                contexts: [{name: a, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: '%s'}}]
                users: [{name: u, user: %s}]
                """.formatted(server, user));
    }

    @Test
    void shouldReportOnStandardErrorWhichProgramRuns() throws IOException {
        Path config = kubeconfig(
                "http://127.0.0.1:1",
                "{exec: {apiVersion: client.authentication.k8s.io/v1, command: touch, args: ['" + folder + "/ran', '"
                        + folder + "/canary-argument']}}");

        Ran ran = Ran.with("snapshot", "-n", "ci", "-o", folder + "/out", "--kubeconfig", config.toString());

        assertThat(ran.err().lines().findFirst()).contains("The kubeconfig runs this program to log in: touch");
        assertThat(folder.resolve("ran")).exists();
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https://[::1",
                "https://host:99999",
                "https://a b",
                "https:///x",
                "https://u:canary@h"
            })
    void shouldReportInOneSentenceThatAServerUrlIsInvalid(String server) throws IOException {
        Ran ran = Ran.with(
                "snapshot",
                "-n",
                "ci",
                "-o",
                folder + "/out",
                "--kubeconfig",
                kubeconfig(server, "{token: t}").toString());

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("the server URL of ", "; write https://host[:port]")
                .doesNotContain("canary", "Exception");
    }
}
