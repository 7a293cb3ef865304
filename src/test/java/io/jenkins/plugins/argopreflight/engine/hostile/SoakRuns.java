package io.jenkins.plugins.argopreflight.engine.hostile;

import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.sync.secret.RegistrySecretWriter;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program of its own that works as a controller does for a long time: hostile manifests, objects of a cluster with a
 * registry that is asked, Secrets that are written and deleted, workflows that are diagnosed. Names are never the same
 * twice: whatever is kept by name would grow.
 */
public final class SoakRuns {

    private static final int RUNS = 1_000;
    private static final int WARM = 100;
    private static final String TEAM = "team";
    private static final String CLUSTER = """
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: builder, namespace: NS}, imagePullSecrets: [{name: regcred}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: regcred, namespace: NS}
        type: kubernetes.io/dockerconfigjson
        stringData:
          .dockerconfigjson: '{"auths": {"REGISTRY": {"username": "team", "password": "s3cret"}}}'
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: WorkflowTemplate
        metadata: {name: shared, namespace: NS}
        spec:
          templates:
          - {name: test, container: {image: "REGISTRY/public/absent:no1", command: [sh]}}
        """;
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: build, namespace: NS}
        spec:
          entrypoint: main
          serviceAccountName: builder
          activeDeadlineSeconds: 600
          templates:
          - name: main
            steps:
            - - {name: build, template: build}
            - - {name: test, templateRef: {name: shared, template: test}}
          - {name: build, container: {image: "REGISTRY/team/tool:v1", command: [make], args: ["{{workflow.name}}"]}}
        """;
    private static final String FAILED = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {name: failed, namespace: NS, uid: u-1, creationTimestamp: "2026-11-26T10:00:00Z"}
        spec:
          entrypoint: main
          templates: [{name: main, container: {image: "REGISTRY/team/tool:v1", command: [make]}}]
        status:
          phase: Failed
          message: "child 'failed' failed"
          startedAt: "2026-11-26T10:00:00Z"
          finishedAt: "2026-11-26T10:00:09Z"
          nodes:
            failed:
              id: failed
              name: failed
              displayName: failed
              type: Pod
              templateName: main
              phase: Failed
              message: "OOMKilled (exit code 137): NS"
              startedAt: "2026-11-26T10:00:00Z"
              finishedAt: "2026-11-26T10:00:09Z"
        """;

    private final TokenRegistry registry = TokenRegistry.onLocalhost(Map.of(TEAM, "s3cret"), 0);
    private final List<String> hostile = hostile();
    private long asked;
    private long written;
    private long causes;
    private long judged;

    private SoakRuns() {}

    /** {@code soak TAB bytes after the first runs TAB bytes after all runs TAB what the runs did}. */
    public static void main(String[] arguments) throws InterruptedException {
        SoakRuns runs = new SoakRuns();
        long warm = 0;
        for (int i = 0; i < RUNS; i++) {
            runs.run(i);
            warm = i + 1 == WARM ? heap() : warm;
        }
        System.out.println("soak\t" + warm + "\t" + heap() + "\tjudged=" + runs.judged + " asked=" + runs.asked
                + " written=" + runs.written + " causes=" + runs.causes);
        runs.registry.close();
        System.exit(0);
    }

    private void run(int i) {
        try (Budget.Scope budget = Budget.open(RunLimits.DEFAULT)) {
            switch (i % 4) {
                case 0 -> check(i);
                case 1 -> sync(i);
                case 2 -> diagnose(i);
                default ->
                    HostileRuns.end(
                            hostile.get(i / 4 % hostile.size()).replace("hostile", "hostile-" + i), RunLimits.DEFAULT);
            }
        }
        asked += registry.server().seen().size();
        registry.server().forget();
    }

    private String text(String manifest, int i) {
        return manifest.replace("REGISTRY", registry.name()).replace("NS", "ns-" + i);
    }

    private MemoryCluster cluster(int i, String... more) {
        MemoryCluster cluster = new MemoryCluster("https://api-" + i + ".example.com:6443");
        cluster.load(text(CLUSTER, i));
        for (String manifest : more) {
            cluster.load(text(manifest, i));
        }
        return cluster;
    }

    private void check(int i) {
        try (RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            Report report = Remediation.inShell(new Preflight(Fact.known(cluster(i)), probe, 4)
                    .run(Requests.of(
                            new ManifestReader().read("build-" + i + ".yaml", text(WORKFLOW, i)), "ns-" + i, "argo")));
            judged += new PreflightJson().render(report).contains("\"verdict\" : \"not-found\"") ? 1 : 0;
        }
    }

    private void sync(int i) {
        String namespace = "new-" + i;
        MemoryCluster cluster = cluster(i, "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        RegistrySecretWriter secret = new RegistrySecretWriter(cluster, 4, Clock.systemUTC());
        written += secret.run(
                        Ask.sync(namespace)
                                .registry(registry.name(), TEAM, "s3cret")
                                .request(),
                        List.of(registry.name() + "/team/tool:v1"),
                        RegistrySettings.defaults(),
                        outcome -> {})
                .cost()
                .writes();
        written += secret.run(Ask.delete(namespace).request(), outcome -> {})
                .cost()
                .writes();
    }

    private void diagnose(int i) {
        DiagnoseRequest request = new DiagnoseRequest(
                "ns-" + i, "failed", "", "argo", LogSource.read("--logs"), List.of(), Optional.empty());
        var diagnosis = new Diagnose(cluster(i, FAILED), new NoRegistry(), 4).run(request);
        causes += diagnosis.causes().isEmpty() ? 0 : 1;
    }

    private static List<String> hostile() {
        Map<String, String> attacks = Attacks.all();
        List<String> mixed = new ArrayList<>();
        for (String name : List.of(
                "backtracking-when",
                "backtracking-sprig",
                "repetition",
                "parentheses-when",
                "parentheses-expression",
                "format",
                "count",
                "exponents",
                "quantities",
                "laughs",
                "yaml-depth",
                "json-file-depth",
                "repeat")) {
            mixed.add(attacks.get(name));
        }
        mixed.add(Attacks.images(20));
        mixed.add(Attacks.chain(12, "{{inputs.parameters.x}}{{inputs.parameters.x}}"));
        mixed.add(Attacks.loops(5, 2));
        return mixed;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
