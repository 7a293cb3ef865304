package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.FileObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.SecretSource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The pull Secrets and the ServiceAccounts that list them: those of the files to check, then those of the cluster. */
final class SecretCache implements SecretSource {

    private final FileObjects files;
    private final ClusterReader cluster;
    private final CreatedObjects created;
    private final BiFunction<String, String, Fact<Boolean>> controllerMayGet;

    /**
     * Creates an instance.
     *
     * @param created the objects that steps of the workflows create
     * @param controllerMayGet returns whether the controller can get a Secret, by namespace and name
     */
    SecretCache(
            List<Document> files,
            String defaultNamespace,
            ClusterReader cluster,
            CreatedObjects created,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        this.files = new FileObjects(files, defaultNamespace);
        this.cluster = cluster;
        this.created = created;
        this.controllerMayGet = controllerMayGet;
    }

    @Override
    public Fact<Boolean> controllerMayGet(String namespace, String name) {
        return controllerMayGet.apply(namespace, name);
    }

    @Override
    public Fact<Optional<ReadSecret>> secret(String namespace, String name) {
        Optional<Document> inFiles = files.find(Resource.SECRETS, namespace, name);
        if (inFiles.isPresent()) {
            return Fact.known(inFiles.map(document -> ReadSecret.of(document.root())));
        }
        Fact<Optional<ReadSecret>> stored = cluster.secret(namespace, name);
        Optional<ObjectNode> createdByStep = created.secret(namespace, name);
        if (stored.ifKnown().flatMap(found -> found).isPresent() || createdByStep.isEmpty()) {
            return stored;
        }
        return createdByStep.get().toString().contains("{{")
                ? Fact.unknown("a step of the workflow creates it, with values that are known only then")
                : Fact.known(createdByStep.map(ReadSecret::of));
    }

    /** Returns the Secrets of a namespace that hold credentials for pulls. */
    Fact<List<ReadSecret>> secrets(String namespace) {
        List<ReadSecret> inFiles = files.all(Resource.SECRETS, namespace).stream()
                .map(document -> ReadSecret.of(document.root()))
                .filter(ReadSecret::isForPulls)
                .toList();
        Fact<List<ReadSecret>> stored = cluster.secrets(namespace);
        if (stored.ifKnown().isEmpty() && !inFiles.isEmpty()) {
            return Fact.known(inFiles);
        }
        return stored instanceof Fact.Known<List<ReadSecret>> known
                ? Fact.known(merged(inFiles, known.value()))
                : stored;
    }

    private static List<ReadSecret> merged(List<ReadSecret> inFiles, List<ReadSecret> stored) {
        List<ReadSecret> all = new ArrayList<>(inFiles);
        stored.stream()
                .filter(each -> inFiles.stream().noneMatch(file -> file.name().equals(each.name())))
                .forEach(all::add);
        return all;
    }

    /** Returns the ServiceAccounts of a namespace that list the Secret, as far as they could be read. */
    List<String> accountsWith(String namespace, String secret) {
        List<ObjectNode> accounts = new ArrayList<>();
        files.all(Resource.SERVICE_ACCOUNTS, namespace).stream()
                .map(Document::root)
                .forEach(accounts::add);
        cluster.all(Resource.SERVICE_ACCOUNTS, namespace)
                .ifKnown()
                .ifPresent(found -> found.forEach(document -> accounts.add(document.root())));
        return accounts.stream()
                .filter(account ->
                        KubeObjects.names(account.path("imagePullSecrets")).contains(secret))
                .map(KubeObjects::name)
                .distinct()
                .toList();
    }
}
