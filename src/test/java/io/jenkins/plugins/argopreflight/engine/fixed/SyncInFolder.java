package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfig;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigFile;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.plan.AccountStep;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretAction;
import io.jenkins.plugins.argopreflight.engine.sync.plan.SecretPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does to a folder's objects what {@code argo-preflight sync} would do to a cluster's, by the plan of the sync itself. */
final class SyncInFolder {

    private final FixedFolder folder;
    private final Map<String, byte[]> files = new HashMap<>();

    SyncInFolder(FixedFolder folder) {
        this.folder = folder;
    }

    static boolean isSync(Command command) {
        Command.Stage first = command.stages().get(0);
        return first.program().equals("argo-preflight")
                && first.arguments().get(0).text().equals("sync");
    }

    /** Writes the file of {@code kubectl get secret NAME -o jsonpath={.data.KEY} | base64 -d > FILE}; empty without the key. */
    void save(Command command) {
        List<String> words = words(command);
        String key = after(words, "-o")
                .replaceFirst("^jsonpath=\\{\\.data\\.(.*)}$", "$1")
                .replace("\\.", ".");
        String data = secret(after(words, "-n"), after(words, "secret"))
                .map(found -> found.path("data").path(key).asText())
                .orElseThrow(() -> new IllegalArgumentException("there is no Secret"));
        files.put(command.output().text(), Base64.getDecoder().decode(data));
    }

    /** Runs a command with the registries of a file that was saved. */
    void run(Command command) throws IOException {
        Path file = Files.createTempFile("docker", ".json");
        try {
            Files.write(file, files.getOrDefault(after(words(command), "--docker-config"), new byte[0]));
            run(command, DockerConfigFile.read(file).usable());
        } finally {
            Files.delete(file);
        }
    }

    void run(Command command, List<RegistryCredential> credentials) {
        List<String> words = words(command);
        String name = after(words, "--name");
        List<String> accounts = words.contains("--service-account")
                ? List.of(after(words, "--service-account").split(","))
                : List.of();
        List<String> namespaces = List.of(after(words, "-n").split(","));
        SyncRequest request = new SyncRequest(
                SyncMode.APPLY,
                name,
                namespaces,
                "",
                credentials,
                accounts,
                new SyncRequest.Options(false, words.contains("--adopt"), words.contains("--recreate"), false, false),
                SecretOwner.CLI,
                "a test");
        for (String namespace : namespaces) {
            SecretAction action = new SecretPlan(request, DockerConfig.of(credentials))
                    .decide(namespace, secret(namespace, name), Optional.empty());
            if (action.action() == SecretAction.Action.REFUSE) {
                throw new IllegalArgumentException(action.refusal());
            }
            folder.put(action.wanted().orElseThrow());
            for (String account : accounts) {
                folder.find("ServiceAccount", namespace, account)
                        .forEach(each -> folder.replace(
                                each, AccountStep.bind(each, name).object()));
            }
        }
    }

    /** The one in the cluster: one of a file is not yet applied. */
    private Optional<ObjectNode> secret(String namespace, String name) {
        return folder.find("Secret", namespace, name).stream()
                .filter(folder.cluster::contains)
                .findFirst();
    }

    private static List<String> words(Command command) {
        return command.stages().get(0).arguments().stream().map(Operand::text).toList();
    }

    private static String after(List<String> words, String option) {
        return words.get(words.indexOf(option) + 1);
    }
}
