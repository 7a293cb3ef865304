package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The objects that stay readable within limits: at least those that checks read according to {@code docs/rbac}. */
@ExtendWith(InRun.class)
class AllowListTest {

    private static final Path RBAC = ProjectRoot.path().resolve("docs/rbac");

    @Test
    void shouldLeaveReadableWhatChecksReadOfArgo() throws IOException {
        assertThat(rules("preflight-controller.yaml", "Role"))
                .isNotEmpty()
                .isSubsetOf(LimitedGateway.ARGO_RESOURCES.stream()
                        .map(Resource::qualified)
                        .toList());
    }

    @Test
    void shouldLeaveReadableWhatChecksReadWithoutANamespace() throws IOException {
        Set<String> declared = rules("preflight-cluster.yaml", "ClusterRole");
        assertThat(declared).hasSizeGreaterThan(4).isSubsetOf(LimitedGateway.CLUSTER_RESOURCES);
    }

    private static Set<String> rules(String file, String kind) throws IOException {
        Set<String> resources = new TreeSet<>();
        for (Document document : new ManifestReader().read(file, Files.readString(RBAC.resolve(file)))) {
            if (document.kind().equals(kind)) {
                for (JsonNode rule : document.root().path("rules")) {
                    String group = rule.path("apiGroups").path(0).asText();
                    rule.path("resources")
                            .forEach(each ->
                                    resources.add(group.isEmpty() ? each.asText() : each.asText() + "." + group));
                }
            }
        }
        return resources;
    }
}
