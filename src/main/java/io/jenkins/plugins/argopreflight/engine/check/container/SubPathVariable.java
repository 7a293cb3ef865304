package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        List<JsonNode> mounts = at.container()
                .path("volumeMounts")
                .valueStream()
                .filter(mount -> mount.has("subPathExpr"))
                .toList();
        if (mounts.isEmpty()) {
            return findings;
        }
        JsonNode wait = Json.find(at.pod().spec().path("containers"), WAIT).orElseGet(MissingNode::getInstance);
        Set<Mounted> copies =
                wait.path("volumeMounts").valueStream().map(Mounted::of).collect(Collectors.toSet());
        Set<String> own = variables(at.container());
        Set<String> ofWait = variables(wait);
        for (JsonNode mount : mounts) {
            missing(at.container(), own, mount).ifPresent(name -> findings.add(finding(at, mount, name, false)));
            if (findings.isEmpty() && copies.contains(Mounted.of(mount))) {
                missing(wait, ofWait, mount).ifPresent(name -> findings.add(finding(at, mount, name, true)));
            }
        }
        return findings;
    }

    /** A volume and where in it a container looks. */
    private record Mounted(String volume, String subPath) {

        static Mounted of(JsonNode mount) {
            return new Mounted(Objects.text(mount, "name"), Objects.text(mount, "subPathExpr"));
        }
    }

    private static Set<String> variables(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .map(variable -> Objects.text(variable, "name"))
                .collect(Collectors.toSet());
    }

    /** The first variable of the mount that the container does not have. @param names those that it has */
    private static Optional<String> missing(JsonNode container, Set<String> names, JsonNode mount) {
        if (container.has("envFrom")) {
            return Optional.empty();
        }
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
