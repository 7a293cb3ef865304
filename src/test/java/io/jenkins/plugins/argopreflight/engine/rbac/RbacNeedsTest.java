package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.need.Which;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/rbac/preflight*.yaml} grant what a preflight needs, with its words, and no right besides;
 * {@code -Ddocs.write=true} writes their rules.
 */
class RbacNeedsTest {

    private static final String RULES = "\nrules:\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preflight.yaml",
                "preflight-controller.yaml",
                "preflight-dry-run.yaml",
                "preflight-cluster.yaml",
                "preflight-autoscaler.yaml",
                "preflight-objects.yaml",
                "preflight-remedies.yaml"
            })
    void shouldGrantWhatIsNeededAndNothingElse(String file) throws IOException {
        Path path = RbacManifests.FOLDER.resolve(file);
        String text = Files.readString(path);
        String wanted = text.substring(0, text.indexOf(RULES) + RULES.length())
                + Stream.of(Need.values())
                        .filter(need -> file(need).equals(file))
                        .map(RbacNeedsTest::rule)
                        .collect(Collectors.joining())
                + text.substring(text.indexOf("---\n"));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(path, wanted);
        }

        assertThat(Files.readString(path)).isEqualTo(wanted);
    }

    @Test
    void shouldGrantEachNeed() {
        assertThat(Need.values())
                .filteredOn(need -> need.which() != Which.OPEN)
                .allSatisfy(need -> assertThat(new RbacManifests(file(need)).rights())
                        .as(need + " in " + file(need))
                        .map(right -> right.named(""))
                        .contains(need.right("ci", "argo").orElseThrow()));
    }

    private static String file(Need need) {
        return switch (need.which()) {
            case NAMED, ALL_OF_NAMESPACE, REVIEWS ->
                need.resource().orElseThrow().namespaced() ? "preflight.yaml" : "preflight-cluster.yaml";
            case FIXED -> "preflight-autoscaler.yaml";
            case ALL_OF_CLUSTER -> "preflight-cluster.yaml";
            case ALL_OF_ARGO, SETTINGS_OF_ARGO -> "preflight-controller.yaml";
            case DRY_RUN -> need == Need.WORKFLOW_DRY_RUN ? "submit.yaml" : "preflight-dry-run.yaml";
            case REQUESTED -> "preflight-objects.yaml";
            case TO_FIX -> "preflight-remedies.yaml";
            case OPEN -> "";
        };
    }

    private static String rule(Need need) {
        Resource resource = need.resource().orElseThrow();
        String names =
                switch (need) {
                    case SECRETS ->
                        "  resourceNames: [regcred]   # add the names of other Secrets that workflows pull with,"
                                + " mount, or take variables from\n";
                    case SETTINGS ->
                        "  resourceNames: [workflow-controller-configmap, argo-workflows-workflow-controller-configmap]   # of the release"
                                + " manifest, of the Helm chart\n";
                    case CLUSTER_AUTOSCALER -> "  resourceNames: [" + need.object() + "]\n";
                    default -> "";
                };
        return "- apiGroups: [" + (resource.group().isEmpty() ? "\"\"" : resource.group()) + "]\n"
                + "  resources: [" + resource.plural() + "]\n"
                + names
                + "  verbs:\n"
                + String.format("  - %-9s# %s\n", need.which().verb(), need.why());
    }
}
