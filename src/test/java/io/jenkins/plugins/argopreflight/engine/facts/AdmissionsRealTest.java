package io.jenkins.plugins.argopreflight.engine.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admissions;
import io.jenkins.plugins.argopreflight.engine.facts.admission.AdmittedPods;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.right.Identities;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The answers of a real kube-apiserver to the pods of a workflow, word by word. */
@NeedsServers
@ExtendWith(InRun.class)
class AdmissionsRealTest {

    private final RealCluster cluster = RealCluster.get();
    private final String namespace = cluster.namespace("admission");
    private final String argo = cluster.namespace("argo");

    @Test
    void shouldLetInWhatTheServerLetsIn() {
        account();

        assertThat(refusal("")).isEqualTo(Fact.known(Optional.empty()));
    }

    @Test
    void shouldReportAnAbsentServiceAccount() {
        assertThat(words(""))
                .endsWith("is forbidden: error looking up service account " + namespace
                        + "/workflow: serviceaccount \"workflow\" not found");
    }

    @Test
    void shouldReportPodSecurity() {
        account();
        enforce("restricted");

        assertThat(words(""))
                .contains("violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false (containers"
                        + " \"init\", \"wait\", \"main\" must set securityContext.allowPrivilegeEscalation=false),"
                        + " unrestricted capabilities (containers \"init\", \"wait\", \"main\" must set"
                        + " securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot != true (pod or containers"
                        + " \"init\", \"wait\", \"main\" must set securityContext.runAsNonRoot=true), seccompProfile");
    }

    @Test
    void shouldReportACapability() {
        account();
        enforce("baseline");

        assertThat(words("      securityContext: {capabilities: {add: [SYS_ADMIN]}}\n"))
                .endsWith("violates PodSecurity \"baseline:latest\": non-default capabilities (container \"main\" must"
                        + " not include \"SYS_ADMIN\" in securityContext.capabilities.add)");
    }

    @Test
    void shouldReportWhatALimitRangeAllows() {
        account();
        create(
                "limitranges",
                Map.of(
                        "metadata", Map.of("name", "most"),
                        "spec",
                                Map.of(
                                        "limits",
                                        List.of(Map.of("type", "Container", "max", Map.of("memory", "128Mi"))))));

        assertThat(words("      resources: {limits: {memory: 1Gi}}\n"))
                .contains("maximum memory usage per Container is 128Mi, but limit is 1Gi");
    }

    @Test
    void shouldReportAnInvalidPod() {
        account();

        assertThat(words("      resources: {requests: {memory: 256Mi}, limits: {memory: 128Mi}}\n"))
                .endsWith("is invalid: spec.containers[1].resources.requests: Invalid value: \"256Mi\": must be less"
                        + " than or equal to memory limit of 128Mi");
    }

    @Test
    void shouldReceiveTheInvalidFieldsBesideTheMessage() {
        account();

        Admission answer = ask(cluster.admin(), "      imagePullPolicy: always\n      ports: [{containerPort: 0}]\n")
                .get(1);

        assertThat(answer.refusal().ifKnown().orElseThrow().orElseThrow().fields())
                .extracting(FieldError::toString)
                .contains(
                        "spec.containers[1].ports[0].containerPort: Required value",
                        "spec.containers[1].imagePullPolicy: Unsupported value: \"always\": supported values:"
                                + " \"Always\", \"IfNotPresent\", \"Never\"");
    }

    @Test
    void shouldReportWhatAQuotaWants() {
        account();
        create(
                "resourcequotas",
                Map.of("metadata", Map.of("name", "compute"), "spec", Map.of("hard", Map.of("limits.cpu", "4"))));
        hard("compute", "limits.cpu", "4");

        assertThat(words(""))
                .endsWith("is forbidden: failed quota: compute: must specify limits.cpu for: init,main,wait");
    }

    /** A server without Argo's kinds answers with a page, not with a Status. */
    @Test
    void shouldReportAServerWithoutTheResourceOfWorkflows() {
        try (RealCluster withoutArgo = RealCluster.withoutArgo()) {
            Admission answer = ask(withoutArgo.adminKubeconfig(), withoutArgo.namespace("admission"), workflow(""))
                    .get(0);

            assertThat(answer.refusal().map(refusal -> refusal.map(AdmissionRefusal::message)))
                    .isEqualTo(Fact.known(Optional.of("404 page not found")));
        }
    }

    @Test
    void shouldNotTakeAMissingRightForARefusal() {
        account();
        User nobody = cluster.userWith();

        Admission admission = ask(nobody, "").get(1);

        assertThat(admission.refusal())
                .isEqualTo(new Fact.Unknown<>(
                        nobody.name() + " is not allowed to create pods in namespace " + namespace,
                        Optional.of(Right.of("create", "", "pods", namespace))));
        assertThat(admission.asUser()).isEqualTo(nobody.name());
    }

    @Test
    void shouldAskAsTheControllerWhereWeMayImpersonateIt() {
        account();
        User granted = cluster.userWith(
                Right.of("impersonate", "", "serviceaccounts", argo).named("argo"));
        cluster.grant(
                new User("system:serviceaccount:" + argo + ":argo", ""), Right.of("create", "", "pods", namespace));

        Admission admission = ask(granted, "").get(1);

        assertThat(admission.refusal()).isEqualTo(Fact.known(Optional.empty()));
        assertThat(admission.asUser()).isEqualTo("system:serviceaccount:" + argo + ":argo");
        assertThat(admission.asController()).isTrue();
    }

    @Test
    void shouldSeeWhatAWebhookAdds(@TempDir Path folder) throws Exception {
        account();
        String patch = """
            [{"op": "add", "path": "/spec/containers/-", "value": {"name": "mesh", "image": "mesh:1"}},
             {"op": "add", "path": "/spec/imagePullSecrets", "value": [{"name": "regcred"}]}]\
            """;

        try (PlayedWebhook webhook = new PlayedWebhook(cluster, namespace, folder, patch)) {
            List<Admission> admissions = ask(cluster.admin(), "");
            ArgoPod pod = admissions.get(1).pod().orElseThrow();
            Document stored =
                    Document.of("the cluster", KubeObjects.of(Resource.SERVICE_ACCOUNTS, namespace, "workflow"));
            Set<ArgoPod> changed =
                    new AdmittedPods((kind, where, name) -> Fact.known(Optional.of(stored))).apply(admissions);

            assertThat(changed).containsExactly(pod);
            assertThat(pod.addedByAdmission()).containsExactlyInAnyOrder("mesh", "regcred");
            assertThat(pod.origin("spec.containers[mesh].image").source()).isEqualTo(FieldSource.ADMISSION);
            assertThat(pod.origin("spec.containers[main].image").source()).isEqualTo(FieldSource.TEMPLATE);
        }
    }

    /** The additions of every API server, such as the token's volume and defaults, are not a change. */
    @Test
    void shouldSeeNoChangeWithoutAWebhook() {
        account();

        assertThat(new AdmittedPods((kind, where, name) -> Fact.unknown("not asked")).apply(ask(cluster.admin(), "")))
                .isEmpty();
    }

    private void account() {
        cluster.serviceAccount(namespace, "workflow");
    }

    @Test
    void shouldTryWhatResourceTemplatesCreate() {
        assertThat(created("batch/v1", "Job", "spec: {template: {spec: {containers: [{name: a, image: busybox}]}}}"))
                .contains("spec.template.spec.restartPolicy: Required value");
        assertThat(created("v1", "ConfigMap", "dat: {a: b}")).contains("unknown field \"dat\"");
        assertThat(created("batch/v1beta1", "CronJob", "spec: {}"))
                .isEqualTo("no matches for kind \"CronJob\" in version \"batch/v1beta1\"");
        assertThat(created("example.com/v1", "Thing", "spec: {}"))
                .isEqualTo("no matches for kind \"Thing\" in version \"example.com/v1\"");
        assertThat(created("v1", "ConfigMap", "data: {a: b}")).isEqualTo("let in");
    }

    @Test
    void shouldTryWhatATemplateMakesOfAnObjectThatExists() {
        create("configmaps", Map.of("metadata", Map.of("name", "made"), "immutable", true, "data", Map.of("a", "b")));

        assertThat(tried("apply", "v1", "ConfigMap", "data: {a: b}")).isEqualTo("let in");
        assertThat(tried("apply", "v1", "ConfigMap", "data: {a: c}")).contains("field is immutable when");
        assertThat(tried("replace", "v1", "ConfigMap", "data: {a: b}")).contains("field is immutable when");
        assertThat(tried("create", "v1", "ConfigMap", "data: {a: b}")).isEmpty();
    }

    /** Mounts are merged by their path, as kubectl does: two of one volume stay two. */
    @Test
    void shouldMergeWhatIsAppliedAsKubectlDoesAndCreateNothingTwice() {
        Map<String, Object> container = Map.of(
                "name",
                "a",
                "image",
                "busybox",
                "volumeMounts",
                List.of(
                        Map.of("name", "work", "mountPath", "/a", "subPath", "a"),
                        Map.of("name", "work", "mountPath", "/b")));
        Map<String, Object> pod = Map.of(
                "restartPolicy",
                "Never",
                "containers",
                List.of(container),
                "volumes",
                List.of(Map.of("name", "work", "emptyDir", Map.of())));
        cluster.api()
                .create(
                        "/apis/batch/v1/namespaces/" + namespace + "/jobs",
                        Map.of(
                                "metadata",
                                Map.of("name", "made"),
                                "spec",
                                Map.of("suspend", true, "template", Map.of("spec", pod))));
        String mounts = "volumeMounts: [{name: work, mountPath: /a, subPath: a}, {name: work, mountPath: /b}]";
        String spec = "spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: a, image: %s, "
                + mounts + "}], volumes: [{name: work, emptyDir: {}}]}}}";

        assertThat(tried("apply", "batch/v1", "Job", spec.formatted("busybox"))).isEqualTo("let in");
        assertThat(tried("apply", "batch/v1", "Job", spec.formatted("busybox:2")))
                .contains("field is immutable");
        assertThat(tried("create", "batch/v1", "Job", spec.formatted("busybox")))
                .isEqualTo("jobs.batch \"made\" already exists");
    }

    private String created(String apiVersion, String kind, String fields) {
        return tried("create", apiVersion, kind, fields);
    }

    /** The server's words, "let in", or nothing where it is another check's question. */
    private String tried(String action, String apiVersion, String kind, String fields) {
        String manifest = "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: made}\n" + fields;
        return ask(
                        cluster.adminKubeconfig(),
                        namespace,
                        ofTemplate("    resource:\n      action: " + action + "\n      manifest: |\n"
                                + manifest.indent(10)))
                .stream()
                .filter(each -> each.created().isPresent())
                .map(each -> each.refusal()
                        .ifKnown()
                        .orElseThrow()
                        .map(AdmissionRefusal::message)
                        .orElse("let in"))
                .collect(Collectors.joining());
    }

    private void create(String plural, Map<String, Object> object) {
        cluster.api().create("/api/v1/namespaces/" + namespace + "/" + plural, object);
    }

    /** Sets the hard limit in a quota's status, as the quota controller does, which this cluster does not have. */
    private void hard(String quota, String resource, String amount) {
        String path = "/api/v1/namespaces/" + namespace + "/resourcequotas/" + quota;
        cluster.api()
                .mergePatch(
                        path + "/status",
                        Map.of("status", Map.of("hard", Map.of(resource, amount), "used", Map.of(resource, "0"))));
    }

    private void enforce(String level) {
        cluster.api()
                .mergePatch(
                        "/api/v1/namespaces/" + namespace,
                        Map.of("metadata", Map.of("labels", Map.of("pod-security.kubernetes.io/enforce", level))));
    }

    private Fact<Optional<String>> refusal(String container) {
        return ask(cluster.admin(), container).get(1).refusal().map(refusal -> refusal.map(AdmissionRefusal::message));
    }

    private String words(String container) {
        return refusal(container).ifKnown().flatMap(refusal -> refusal).orElse("let in: " + refusal(container));
    }

    /** The workflow first, then its only pod. */
    private List<Admission> ask(User user, String container) {
        return ask(cluster.kubeconfig(user), namespace, workflow(container));
    }

    private List<Admission> ask(Path kubeconfig, String namespace, String manifest) {
        try (ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig))) {
            WorkflowRequest request = new WorkflowRequest(
                    new ManifestReader().read("wf.yaml", manifest),
                    namespace,
                    "argo",
                    ArgoVersion.parse("v4.0.5"),
                    List.of());
            Workflows followed = Workflows.of(request, new ClusterReader(Fact.unknown("not asked for pods")), 1);
            Identities parties =
                    new Identities(WhoAmI.ask(gateway), Fact.known(Identity.ofServiceAccount(argo, "argo")));
            return new Admissions(
                            Fact.known(gateway),
                            parties,
                            4,
                            Optional.empty(),
                            () -> "",
                            () -> Fact.known(ClusterKinds.of(List.of())))
                    .ask(followed.workflows());
        }
    }

    private static String workflow(String container) {
        return ofTemplate("    container:\n      image: registry.example.com/team/image:v1.2\n      command: [make]\n"
                + container);
    }

    private static String ofTemplate(String fields) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              entrypoint: main
              serviceAccountName: workflow
              templates:
              - name: main
            """ + fields;
    }
}
