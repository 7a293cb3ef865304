package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private static final String CANARY = "c4n4ry-p4ssw0rd";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                          | missing COMMAND, one of check, diagnose, submit, sync,"
                        + " login-check, pods, checks, explain, snapshot, demo, completion",
                "snyc                                      | unknown command; did you mean sync?",
                "frobnicate                                | unknown command (see argo-preflight --help)",
                "sync                                      | no Secret named: add --name SECRET",
                "sync --name                               | missing --name SECRET",
                "sync --name regcred                       | no credentials: add --docker-config FILE, or --registry"
                        + " HOST",
                "sync --name regcred --delete              | no namespace: add -n NAMESPACE or --namespace-selector"
                        + " LABELS",
                "sync --name regcred --servce-account x    | unknown option --servce-account; did you mean"
                        + " --service-account?",
                "sync --name regcred --nonsense            | unknown option --nonsense (see argo-preflight sync"
                        + " --help)",
                "sync --name regcred stray                 | unexpected argument that belongs to no option",
                "sync --name Reg_Cred -n a --delete         | --name Reg_Cred: no Secret can be called that",
                "sync --name a -n A_b --delete              | -n A_b: no Namespace can be called that",
                "sync --name a -n a --service-account b_c --delete | --service-account b_c: no ServiceAccount can",
                "sync --name a --name b                    | --name is given twice",
                "sync --name regcred -n a,,b --delete      | -n has an empty name in its list",
                "sync --name regcred -n a --unbind --delete | --unbind and --delete exclude each other",
                "sync --name regcred -n a --delete --prune | --delete takes things away: leave out --recreate, --prune",
                "sync --name regcred -n a --unbind --registry r | --unbind and --delete need no credentials",
                "sync --name regcred -n a --registry r     | --registry r has no user name: add --username USER",
                "sync --name regcred -n a --username u     | belong to a registry: add --registry HOST",
                "sync --name regcred -n a --registry r --username u | --registry r has no password: give one of",
                "sync --name regcred -n a --registry r --username u --password-stdin --password-env E | r has several",
                "sync --name regcred -n a --registry r --username u --password-env NO_SUCH | no such environment"
                        + " variable",
                "sync --name regcred -n a --registry r --username u --password-file /no/such | there is no such file",
                "sync --name regcred -n a --registry r --username u --password-file / | the file cannot be read",
                "sync --name regcred -n a --registry r --username u --password-stdin | the password for --registry r"
                        + " is empty",
                "sync --name regcred -n a --registry r --registry s | --registry r has no user name",
                "sync --name regcred -n a --docker-config f --registry r | --docker-config and --registry exclude each"
                        + " other",
                "sync --name regcred -n a --delete -o yaml | -o yaml: no such format; there are text and json",
                "sync --name regcred -n a --delete -o json= | -o json= names no file",
                "sync --name regcred -n a --delete -o text -o json | two outputs to standard output: give one of them"
                        + " a file",
                "sync --name regcred -n a --delete --concurrency 0 | --concurrency 0: it must be 1 or more",
                "sync --name regcred -n a --delete --timeout x | invalid value for option '--timeout': 'x' is not an"
                        + " int",
                "sync --name regcred -n a --delete --timeout 0 | --timeout 0: it must be 1 second or more",
                "sync --name regcred -n a --delete --timeout 5 --timeout 6 | --timeout is given twice",
                "sync --name regcred -n a --delete -o json=/no/such/report.json | -o: /no/such/report.json cannot be"
                        + " written",
                "sync --name regcred -n a --delete -o json=/ | -o: / cannot be written",
                "check @/no/such                           | @/no/such: there is no file /no/such to read options from",
                "login-check --registry-ca /no/such nginx  | --registry-ca: could not read the certificate authorities"
                        + " of",
                "login-check --registry-ca /no/such nginx  | of /no/such: there is no such file",
                "login-check --insecure-registry http://a:1 nginx | --insecure-registry takes HOST[:PORT]",
                "login-check --docker-config /no/such nginx | --docker-config: /no/such does not exist",
                "login-check                               | missing IMAGE",
            })
    void shouldSayInOneLineWhatIsWrong(String line, String said) {
        Ran ran = Ran.with(line == null ? new String[0] : line.split(" +"));
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("argo-preflight")
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync --name regcred -n a --registry r --username u --password CANARY",
                "sync --name regcred -n a --registry r --username u --password=CANARY",
                "sync --name regcred -n a --registry r --username u -p CANARY",
                "sync --name regcred -n a --registry r --username u -pCANARY",
                "sync --docker-password CANARY",
                "sync --token=CANARY",
                "login-check --password CANARY image",
                "--password CANARY sync",
            })
    void shouldRefuseAPasswordAsAnArgument(String line) {
        Ran ran = Ran.with(line.replace("CANARY", CANARY).split(" "));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains("a password is never an argument", "ps", "--password-file FILE")
                .doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync --name regcred -n a --registry r --username u --password-stdin CANARY",
                "sync --name regcred -n a --registry r --username u --password-env CANARY",
                "sync --name regcred -n a --registry r --username u --password-file CANARY",
                "sync --name regcred -n a --registry r --username u --passwrd=CANARY",
                "CANARY",
            })
    void shouldNotRepeatAMisplacedPassword(String line) {
        Ran ran = Ran.with(line.replace("CANARY", CANARY).split(" "));
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out() + ran.err()).doesNotContain(CANARY).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://CANARY@proxy:1080", "http://u:CANARY#@proxy:8080", "http://"})
    void shouldSayWhichProxyVariableIsWrong(String proxy) {
        Ran ran =
                Ran.with(Map.of("HTTPS_PROXY", proxy.replace("CANARY", CANARY)), "", "login-check", "a.example.com/b");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .contains(": HTTPS_PROXY ", "http://[USER:PASSWORD@]HOST[:PORT]")
                .doesNotContain(CANARY, "internal error");
    }

    @Test
    void shouldReadOnePasswordFromStandardInput() {
        Ran ran = Ran.with(
                Map.of(),
                "one",
                "sync",
                "--name",
                "regcred",
                "-n",
                "a",
                "--registry",
                "r",
                "--username",
                "u",
                "--password-stdin",
                "--registry",
                "s",
                "--username",
                "u",
                "--password-stdin");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("--password-stdin serves one registry");
    }

    static Stream<List<String>> helps() {
        return Stream.of(
                List.of(),
                List.of("sync"),
                List.of("login-check"),
                List.of("pods"),
                List.of("demo"),
                List.of("completion"));
    }

    @ParameterizedTest
    @MethodSource("helps")
    void shouldHelpOnStandardOutput(List<String> command) {
        Ran ran = Ran.with(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new));
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("Usage: argo-preflight").doesNotContain("--password=", "--token");
        assertThat(ran.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "login-check"})
    void shouldHelpWithExamplesAndExitCodes(String command) {
        assertThat(Ran.with(command, "--help").out())
                .contains("Examples:", "Exit codes:", "Environment:", "HTTPS_PROXY", "Output and limits:")
                .containsPattern("(?s)(argo-preflight " + command + " .*){4}");
    }

    @Test
    void shouldHelpWithPods() {
        assertThat(Ran.with("pods", "--help").out())
                .contains("Examples:", "Exit codes:", "--no-cluster", "--kubeconfig", "--controller-config")
                .containsPattern("(?s)(argo-preflight pods .*){5}");
    }

    @Test
    void shouldShowItsVersion() {
        assertThat(Ran.with("--version").out()).startsWith("argo-preflight 1.0");
    }
}
