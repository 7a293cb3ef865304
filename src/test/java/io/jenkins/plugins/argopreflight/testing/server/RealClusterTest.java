package io.jenkins.plugins.argopreflight.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsServers(Server.CLUSTER)
class RealClusterTest {

    private final RealCluster cluster = RealCluster.get();

    private static String kubectl(Path kubeconfig, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(ServerBinaries.require("kubectl"));
        command.add("--kubeconfig=" + kubeconfig);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output.strip();
    }

    @Test
    void shouldHoldUsersToExactlyTheirRights() throws Exception {
        String namespace = cluster.namespace("rights");
        cluster.serviceAccount(namespace, "default");
        var user = cluster.userWith(Right.of("get", "", "serviceaccounts", namespace));
        Path kubeconfig = cluster.kubeconfig(user);

        assertThat(kubectl(kubeconfig, "get", "-n", namespace, "serviceaccount/default", "-o", "name"))
                .isEqualTo("serviceaccount/default");
        assertThat(kubectl(kubeconfig, "get", "-n", namespace, "secrets"))
                .contains("Forbidden", "User \"" + user + "\" cannot list resource \"secrets\"");
        assertThat(cluster.requests(user))
                .extracting(AuditedRequest::verb, AuditedRequest::resource, AuditedRequest::code)
                .contains(tuple("get", "serviceaccounts", 200), tuple("list", "secrets", 403));
    }

    @Test
    void shouldGrantOneNameOnlyAndInAllNamespaces() throws Exception {
        String namespace = cluster.namespace("rights");
        var user = cluster.userWith(
                Right.of("get", "", "secrets", namespace).named("regcred"), Right.of("list", "", "namespaces", ""));
        Path kubeconfig = cluster.kubeconfig(user);

        assertThat(kubectl(kubeconfig, "auth", "can-i", "get", "secret/regcred", "-n", namespace))
                .isEqualTo("yes");
        assertThat(kubectl(kubeconfig, "auth", "can-i", "get", "secret/other", "-n", namespace))
                .isEqualTo("no");
        assertThat(kubectl(kubeconfig, "get", "namespaces", "-o", "name")).contains("namespace/" + namespace);
    }

    @Test
    void shouldReportItsVersionAndRefusePodsOfAMissingServiceAccount() {
        String namespace = cluster.namespace("admission");
        assertThat(cluster.api().get("/version").path("gitVersion").asText()).startsWith("v1.");
        assertThatThrownBy(() -> cluster.api()
                        .create(
                                "/api/v1/namespaces/" + namespace + "/pods",
                                Map.of(
                                        "metadata", Map.of("name", "p"),
                                        "spec", Map.of("containers", List.of(Map.of("name", "c", "image", "i"))))))
                .hasMessageContaining("error looking up service account " + namespace + "/default");
    }

    @Test
    void shouldNeverLogASecretsBody() {
        String namespace = cluster.namespace("audit");
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/secrets",
                        Map.of("metadata", Map.of("name", "s"), "stringData", Map.of("password", "canary-5f1c")));
        assertThat(cluster.requests(cluster.admin())).anySatisfy(request -> {
            assertThat(request.namespace()).isEqualTo(namespace);
            assertThat(request.resource()).isEqualTo("secrets");
            assertThat(request.isWrite()).isTrue();
        });
        assertThat(cluster.certificateAuthority().resolveSibling("../audit.log").normalize())
                .content()
                .doesNotContain("canary-5f1c", "Y2FuYXJ5LTVmMWM");
    }
}
