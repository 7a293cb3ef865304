package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialPluginTest {

    private static final String V1 = "client.authentication.k8s.io/v1";
    private static final String SECRET = "--oidc-client-secret=S3CRETXYZ";
    private static final String USER = "user: {token: " + ScriptedServer.TOKEN + "}";

    @TempDir
    private Path folder;

    private final List<String> announced = new ArrayList<>();

    @Test
    void shouldRunTheProgramOfTheUsersOwnKubeconfigAndReportIt() throws IOException {
        Files.writeString(folder.resolve("credential.json"), answer(V1, "{token: t}"));

        ClusterLogin login = login("command: cat, args: ['" + folder + "/credential.json']");

        assertThat(token(login)).isEqualTo("t");
        assertThat(announced).containsExactly("cat");
    }

    /** Arguments can hold secrets, and what this says gets into reports. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 1",
                "echo '{}'; exit 1",
                "true",
                "echo no json",
                "echo '{kind: ExecCredential}'",
            })
    void shouldNeverShowTheArgumentsOfAProgramThatGaveNoCredential(String script) throws IOException {
        program(script);

        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> login("command: ./plug.sh, args: [get-token, " + SECRET + "]"))
                .withMessage("user \"jane\": the program \"" + folder + "/plug.sh\" gave no credential;"
                        + " `kubectl auth whoami` with this kubeconfig shows why")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{clientCertificateData: c}",
                "{clientKeyData: k}",
                "{token: null}",
            })
    void shouldRefuseAnAnswerWithoutACompleteCredential(String status) throws IOException {
        print(answer(V1, status));

        assertThatExceptionOfType(KubeconfigException.class).isThrownBy(() -> login("command: ./plug.sh"));
    }

    @Test
    void shouldRefuseAnAnswerOfAnotherVersion() throws IOException {
        print(answer(V1 + "beta1", "{token: t}"));

        assertThatExceptionOfType(KubeconfigException.class).isThrownBy(() -> login("command: ./plug.sh"));
    }

    @Test
    void shouldReportAProgramThatDoesNotExist() {
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> login("command: no-such-program-here"))
                .withMessageContaining("the program \"no-such-program-here\" gave no credential");
    }

    @Test
    void shouldTakeStandardOutputOnly() throws IOException {
        program("echo 'a newer version exists' >&2\nprintf '%s' '" + answer(V1, "{token: t}") + "'");

        assertThat(token(login("command: ./plug.sh"))).isEqualTo("t");
    }

    @Test
    void shouldGiveTheArgumentsAndVariablesAsTheyAreWritten() throws IOException {
        program("""
                for each in "$@"; do echo "$each" >> %1$s/arguments; done
                echo "$NAME" > %1$s/variable
                cat > %1$s/input
                """.formatted(folder) + print(V1, "{token: t}"));

        login(
                "command: ./plug.sh, args: ['a&touch ran', '$HOME', '`id`', 'two words', ''], env: [{name: NAME, value: '$x'}]");

        assertThat(folder.resolve("arguments")).hasContent("a&touch ran\n$HOME\n`id`\ntwo words\n\n");
        assertThat(folder.resolve("variable")).hasContent("$x");
        assertThat(folder.resolve("input")).isEmptyFile();
    }

    @Test
    void shouldGiveTheProgramWhatKubectlGivesIt() throws IOException {
        program("printf '%s' \"$KUBERNETES_EXEC_INFO\" > " + folder + "/info\n" + print(V1, "{token: t}"));

        login("command: ./plug.sh");
        assertThat(info())
                .isEqualTo(json("{\"kind\": \"ExecCredential\", \"apiVersion\": \"" + V1
                        + "\", \"spec\": {\"interactive\": false}}"));

        login(
                "command: ./plug.sh, provideClusterInfo: true",
                "tls-server-name: api.example.com, certificate-authority-data: UEVN,"
                        + " extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: x}}], server: ");
        assertThat(info().path("spec").path("cluster"))
                .isEqualTo(json("{\"server\": \"https://one:6443\", \"tls-server-name\": \"api.example.com\","
                        + " \"certificate-authority-data\": \"UEVN\", \"config\": {\"audience\": \"x\"}}"));
    }

    @Test
    void shouldTakeACertificate() throws IOException {
        print(answer(V1, "{token: null, clientCertificateData: chain, clientKeyData: key}"));

        ClusterLogin login = login("command: ./plug.sh");

        assertThat(login.header()).isInstanceOf(ClusterLogin.None.class);
        assertThat(login.certificate()).hasValueSatisfying(certificate -> {
            assertThat(certificate.chain()).isEqualTo("chain");
            assertThat(certificate.key().reveal()).isEqualTo("key");
        });
    }

    /** The client library client-go does not run the program in this case, either. */
    @Test
    void shouldRunNoProgramBesideAnotherLogin() throws IOException {
        program("touch " + folder + "/ran");

        assertThat(token(login("command: ./plug.sh}, token: own, x: {a: b"))).isEqualTo("own");
        assertThat(folder.resolve("ran")).doesNotExist();
        assertThat(announced).isEmpty();
    }

    private ClusterLogin login(String exec) throws IOException {
        return login(exec, "server: ");
    }

    private ClusterLogin login(String exec, String server) throws IOException {
        String kubeconfig = ScriptedServer.kubeconfig("https://one:6443")
                .replace(USER, "user: {exec: {apiVersion: " + V1 + ", " + exec + "}}")
                .replace("server: ", server);
        ClusterConnection connection = ClusterConnection.DEFAULT
                .withKubeconfigs(Files.writeString(folder.resolve("config"), kubeconfig))
                .announcing(announced::add);
        return new ConnectionResolver(Map.of(), folder, folder)
                .resolve(connection)
                .endpoint()
                .login();
    }

    private static String token(ClusterLogin login) {
        return ((ClusterLogin.Bearer) login.header()).token().get().reveal();
    }

    private JsonNode info() throws IOException {
        return json(Files.readString(folder.resolve("info")));
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    private void print(String answer) throws IOException {
        program("printf '%s' '" + answer + "'");
    }

    private static String print(String version, String status) {
        return "printf '%s' '" + answer(version, status) + "'";
    }

    /** @param status its fields and texts without quotes */
    private static String answer(String version, String status) {
        return "{\"apiVersion\": \"" + version + "\", \"kind\": \"ExecCredential\", \"status\": "
                + status.replaceAll("\\b(?!null\\b)(\\w+)", "\"$1\"") + "}";
    }

    private void program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("plug.sh"), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
