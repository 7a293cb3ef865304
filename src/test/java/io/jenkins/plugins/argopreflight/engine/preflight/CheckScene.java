package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A healthy workflow of 20 images in 5 registries, run by 16 ServiceAccounts with a pull Secret for each registry, on a
 * real kube-apiserver with an Argo that is installed as upstream's manifests do it.
 */
final class CheckScene implements AutoCloseable {

    static final int REGISTRIES = 5;
    static final int IMAGES = 20;
    private static final int ACCOUNTS = 16;
    private static final int CONCURRENCY = 64;
    static final String PASSWORD = "s3cret-word";

    private final RealCluster cluster = RealCluster.get();
    final List<TokenRegistry> registries = new ArrayList<>();
    final FaultProxy proxy;
    final String namespace;
    final String argo;

    /** @param before what each request to any server waits for */
    CheckScene(Runnable before) {
        for (int i = 0; i < REGISTRIES; i++) {
            registries.add(TokenRegistry.onLocalhost(Map.of("team", PASSWORD), before));
        }
        argo = cluster.namespace("check-argo");
        namespace = cluster.namespace("check-ci");
        controller();
        cluster.serviceAccount(namespace, "default");
        List<Map<String, String>> secrets = new ArrayList<>();
        for (int i = 0; i < REGISTRIES; i++) {
            secret("registry-" + i, registries.get(i).name());
            secrets.add(Map.of("name", "registry-" + i));
        }
        accounts()
                .forEach(account -> create(
                        "api/v1",
                        namespace,
                        "serviceaccounts",
                        Map.of("metadata", Map.of("name", account), "imagePullSecrets", secrets)));
        bind("admin", argo, Map.of("kind", "ServiceAccount", "name", "argo", "namespace", argo));
        bind(
                "edit",
                namespace,
                Map.of(
                        "kind",
                        "Group",
                        "name",
                        "system:serviceaccounts:" + namespace,
                        "apiGroup",
                        "rbac.authorization.k8s.io"));
        proxy = FaultProxy.before(cluster).vouchFor(cluster.admin()).before(before);
    }

    private void bind(String name, String in, Map<String, String> subject) {
        String api = "/apis/rbac.authorization.k8s.io/v1/";
        Map<String, String> metadata = Map.of("name", "check-" + name + "-" + in);
        List<String> any = List.of("*");
        cluster.api()
                .create(
                        api + "clusterroles",
                        Map.of(
                                "metadata",
                                metadata,
                                "rules",
                                List.of(Map.of("verbs", any, "apiGroups", any, "resources", any))));
        cluster.api()
                .create(
                        api + "clusterrolebindings",
                        Map.of(
                                "metadata",
                                metadata,
                                "roleRef",
                                Map.of(
                                        "apiGroup",
                                        "rbac.authorization.k8s.io",
                                        "kind",
                                        "ClusterRole",
                                        "name",
                                        metadata.get("name")),
                                "subjects",
                                List.of(subject)));
    }

    private void controller() {
        cluster.serviceAccount(argo, "argo");
        create(
                "api/v1",
                argo,
                "configmaps",
                Map.of(
                        "metadata",
                        Map.of("name", "workflow-controller-configmap"),
                        "data",
                        Map.of("executor", "image: " + registries.get(0).name() + "/team/argoexec:v4.0.5")));
        create(
                "apis/apps/v1",
                argo,
                "deployments",
                Map.of(
                        "metadata",
                        Map.of("name", "workflow-controller"),
                        "spec",
                        Map.of(
                                "selector",
                                Map.of("matchLabels", Map.of("app", "c")),
                                "template",
                                Map.of(
                                        "metadata",
                                        Map.of("labels", Map.of("app", "c")),
                                        "spec",
                                        Map.of(
                                                "serviceAccountName",
                                                "argo",
                                                "containers",
                                                List.of(Map.of(
                                                        "name",
                                                        "workflow-controller",
                                                        "image",
                                                        "quay.io/argoproj/workflow-controller:v4.0.5",
                                                        "command",
                                                        List.of("workflow-controller"))))))));
    }

    private void secret(String name, String registry) {
        String auth = Base64.getEncoder().encodeToString(("team:" + PASSWORD).getBytes());
        create(
                "api/v1",
                namespace,
                "secrets",
                Map.of(
                        "metadata",
                        Map.of("name", name),
                        "type",
                        "kubernetes.io/dockerconfigjson",
                        "stringData",
                        Map.of(".dockerconfigjson", "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth + "\"}}}")));
    }

    private void create(String api, String in, String plural, Map<String, ?> object) {
        cluster.api().create("/" + api + "/namespaces/" + in + "/" + plural, object);
    }

    static List<String> accounts() {
        return IntStream.range(0, ACCOUNTS).mapToObj(i -> "runner-" + i).toList();
    }

    List<String> images() {
        List<String> images = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            images.add(registries.get(i % REGISTRIES).name() + "/team/image-" + i + ":v1");
        }
        return images;
    }

    /**
     * Returns a workflow whose templates each run one image. Every fifth has no command, so the controller looks the
     * image up.
     */
    String workflow() {
        StringBuilder tasks = new StringBuilder();
        StringBuilder templates = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            tasks.append("      - {name: t")
                    .append(i)
                    .append(", template: step-")
                    .append(i)
                    .append("}\n");
            templates
                    .append("  - name: step-")
                    .append(i)
                    .append("\n    activeDeadlineSeconds: 600\n    serviceAccountName: ")
                    .append(accounts().get(i % ACCOUNTS))
                    .append("\n    container: {image: \"")
                    .append(images().get(i))
                    .append(i % 5 == 0 ? "\"}\n" : "\", command: [make]}\n");
        }
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {generateName: build-, namespace: NAMESPACE}
                spec:
                  entrypoint: main
                  serviceAccountName: runner-0
                  templates:
                  - name: main
                    dag:
                      tasks:
                """.replace("NAMESPACE", namespace) + tasks + templates;
    }

    Report check(ClusterGateway gateway) {
        try (RegistryProbe registry = new RegistryProbe(
                RegistrySettings.builder().concurrency(CONCURRENCY).build())) {
            return Remediation.inShell(new Preflight(Fact.known(gateway), registry, CONCURRENCY).run(request()));
        }
    }

    private PreflightRequest request() {
        return Requests.of(new ManifestReader().read("w.yaml", workflow()), namespace, argo);
    }

    @Override
    public void close() {
        proxy.close();
        registries.forEach(TokenRegistry::close);
    }
}
