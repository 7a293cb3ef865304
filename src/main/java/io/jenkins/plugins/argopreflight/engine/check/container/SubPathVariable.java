package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code subPathExpr} with a variable that the container does not have. Argo copies the volume mounts of main into wait,
 * which has not main's variables. Source: kubernetes pkg/kubelet/container/helpers.go (ExpandContainerVolumeMounts).
 */
public final class SubPathVariable extends ContainerCheck {

    private static final String WAIT = "wait";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^)]*)\\)");

    /** What the kubelet adds for the Services of the namespace. */
    private static final Pattern OF_SERVICES = Pattern.compile("\\w+_(SERVICE_HOST|SERVICE_PORT|PORT)\\w*");

    public SubPathVariable() {
        super(new CheckInfo(
                        "sub-path-variable",
                        "A subPathExpr uses a variable that its container does not have",
                        Severity.ERROR,
                        Topic.CLUSTER)
                .ending(Ending.PENDING));
    }

    @Override
    List<Finding> check(At at) {
        List<Finding> findings = new ArrayList<>();
        if (at.name().equals(WAIT)) {
            return findings;
        }
        for (JsonNode mount : at.container().path("volumeMounts")) {
            missing(at.container(), mount).ifPresent(name -> findings.add(finding(at, mount, name, false)));
            if (findings.isEmpty()) {
                copy(at, mount)
                        .flatMap(wait -> missing(wait, mount))
                        .ifPresent(name -> findings.add(finding(at, mount, name, true)));
            }
        }
        return findings;
    }

    /** Argo's container wait, where it has the same mount. */
    private static Optional<JsonNode> copy(At at, JsonNode mount) {
        for (JsonNode each : at.pod().spec().path("containers")) {
            for (JsonNode own : each.path("volumeMounts")) {
                if (Objects.text(each, "name").equals(WAIT)
                        && Objects.text(own, "subPathExpr").equals(Objects.text(mount, "subPathExpr"))
                        && own.path("name").equals(mount.path("name"))) {
                    return Optional.of(each);
                }
            }
        }
        return Optional.empty();
    }

    /** The first variable of the mount that the container does not have. */
    private static Optional<String> missing(JsonNode container, JsonNode mount) {
        if (container.has("envFrom")) {
            return Optional.empty();
        }
        Set<String> names = new HashSet<>();
        container.path("env").forEach(variable -> names.add(Objects.text(variable, "name")));
        Matcher reference = REFERENCE.matcher(Objects.text(mount, "subPathExpr"));
        while (reference.find()) {
            String name = reference.group(1);
            if (name != null
                    && !name.contains("{{")
                    && !names.contains(name)
                    && !OF_SERVICES.matcher(name).matches()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private Finding finding(At at, JsonNode mount, String name, boolean copied) {
        String expression = Objects.text(mount, "subPathExpr");
        return Finding.fail(
                        info(),
                        Places.of(
                                at.workflow(),
                                at.pod(),
                                at.path() + ".volumeMounts[" + Objects.text(mount, "mountPath") + "].subPathExpr"),
                        "A volume mount of " + at.description() + " has subPathExpr " + expression
                                + (copied
                                        ? ". Argo copies it into its container wait, which has no variable " + name
                                        : ", and the container has no variable " + name)
                                + ". The container stays in CreateContainerConfigError, and the workflow stays Running.")
                .title("Container %s has no variable %s for a subPathExpr", copied ? WAIT : at.name(), name)
                .evidence(EvidenceLine.field("subPathExpr", expression))
                .fix(AskPerson.reader((copied ? "" : "add " + name + " to env of the container, or ")
                        + "use subPath with a variable of Argo, such as {{pod.name}}, instead of subPathExpr"));
    }

    @Override
    Yaml setting() {
        return Yaml.of("volumeMounts: [] # the valid value");
    }
}
