package io.jenkins.plugins.argopreflight.engine.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport;
import io.jenkins.plugins.argopreflight.testing.TemporaryFolder;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does with a remediation what its reader does: pastes it into a shell, a manifest, or a setting, as it stands. */
public final class Paste {

    private static final Pattern SYNC = Pattern.compile("(?m)^argo-preflight sync .*$");

    private final Stage stage;

    public Paste(Stage stage) {
        this.stage = stage;
    }

    /** Runs a text as the administrator, with the real kubectl and a folder of its own for the files of docker. */
    public String shell(String text) {
        try {
            Path folder = TemporaryFolder.create("argo-preflight-paste-");
            Files.writeString(
                    folder.resolve("config.json"),
                    stage.here("{\"auths\": {\"HOST\": {\"username\": \"team\", \"password\": \"" + Stage.PASSWORD
                            + "\", \"auth\": \"dGVhbTpzM2NyZXQtT2YtdGVhbQ==\"}}}"));
            var bash =
                    new ProcessBuilder("bash", "-e").directory(folder.toFile()).redirectErrorStream(true);
            Path kubectl = Path.of(ServerBinaries.require("kubectl"));
            bash.environment().put("PATH", kubectl.getParent() + File.pathSeparator + System.getenv("PATH"));
            bash.environment()
                    .put("KUBECONFIG", stage.cluster().adminKubeconfig().toString());
            bash.environment().put("DOCKER_CONFIG", folder.toString());
            bash.environment().put("GOGC", "off"); // what it runs ends before its memory matters
            Process process = bash.start();
            process.getOutputStream().write(text.getBytes(UTF_8));
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(text + "\n" + said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The n-th remediation of a finding, which is a kubectl command. */
    void kubectl(Finding finding, int n) {
        assertThat(fix(finding, n)).contains("kubectl ");
        shell(fix(finding, n));
    }

    /** The n-th remediation, {@code argo-preflight sync …}; user name and password are what only its reader knows. */
    void sync(Finding finding, int n, String user, String password) {
        Matcher command = SYNC.matcher(fix(finding, n));
        assertThat(command.find()).as(fix(finding, n)).isTrue();
        Deque<String> words = new ArrayDeque<>(List.of(command.group().split(" ")));
        String namespace = "";
        String registry = "";
        String named = "";
        boolean adopt = false;
        String[] accounts = {};
        while (!words.isEmpty()) {
            switch (words.poll()) {
                case "argo-preflight", "sync", "--password-stdin", "<", "password.txt" -> {}
                case "--name" -> assertThat(words.poll()).isEqualTo("regcred");
                case "-n" -> namespace = words.poll();
                case "--registry" -> registry = words.poll();
                case "--username" -> named = words.poll();
                case "--service-account" -> accounts = words.poll().split(",");
                case "--adopt" -> adopt = true;
                default -> throw new AssertionError("no option of sync: " + command.group());
            }
        }
        assertThat(named).isIn("USER", user);
        Ask ask = Ask.sync(namespace).registry(registry, user, password).accounts(accounts);
        try (ClusterGateway admin = RealLab.connect(stage.cluster().adminKubeconfig())) {
            SyncReport report = new RegistrySecretWriter(admin, 1, Clock.systemUTC())
                    .run((adopt ? ask.adopt() : ask).request(), outcome -> {});
            assertThat(report.result()).as(report.toString()).isEqualTo(RunResult.OK);
        }
    }

    /** The n-th remediation, a part of an object: merged into this one as a reader would, lists entry by entry. */
    void into(ObjectNode object, Finding finding, int n) {
        merge(object, Stage.yaml(fix(finding, n)));
    }

    private static void merge(ObjectNode into, ObjectNode part) {
        part.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode value && into.path(field.getKey()) instanceof ObjectNode there) {
                merge(there, value);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    static String fix(Finding finding, int n) {
        assertThat(finding.remediation()).as(finding.message()).hasSizeGreaterThan(n);
        return finding.remediation().get(n);
    }
}
