package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.need.Which;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rights that each step needs at least, as {@code docs/rbac} grants them. */
public enum StepRights {
    SECRET("argoRegistrySecret", true) {
        @Override
        List<Right> in(String namespace, String argoNamespace) {
            return join(List.of(
                    rights(namespace, "", "secrets", "create", "get", "update"),
                    rights(namespace, "", "serviceaccounts", "get", "update"),
                    rights(namespace, "", "pods", "list")));
        }
    },
    SECRET_BLOCK("withArgoRegistrySecret", true) {
        @Override
        List<Right> in(String namespace, String argoNamespace) {
            return join(List.of(SECRET.in(namespace, argoNamespace), rights(namespace, "", "secrets", "delete")));
        }
    },
    PREFLIGHT("argoPreflight", false) {
        @Override
        List<Right> in(String namespace, String argoNamespace) {
            return Stream.of(Need.values())
                    .filter(need -> AT_LEAST.contains(need.which()))
                    .flatMap(need -> need.right(namespace, argoNamespace).stream())
                    .filter(right -> !right.namespace().isEmpty())
                    .toList();
        }
    },
    SUBMIT("argoSubmit", true) {
        @Override
        List<Right> in(String namespace, String argoNamespace) {
            return join(List.of(
                    rights(namespace, ARGO, "workflows", "create", "get", "list", "watch", "patch"),
                    rights(namespace, "", "pods", "get"),
                    List.of(new Right("get", "", "pods", "log", namespace, ""))));
        }
    },
    DIAGNOSE("argoDiagnose", false) {
        @Override
        List<Right> in(String namespace, String argoNamespace) {
            return join(List.of(
                    rights(namespace, ARGO, "workflows", "get", "list", "watch"),
                    rights(namespace, "", "pods", "list"),
                    List.of(new Right("get", "", "pods", "log", namespace, "")),
                    rights(namespace, "", "events", "list"),
                    rights(namespace, "", "persistentvolumeclaims", "list")));
        }
    };

    private static final String ARGO = "argoproj.io";

    /** Without which a preflight leaves much unknown: what is read in namespaces, and not what is tried there. */
    private static final Set<Which> AT_LEAST =
            EnumSet.of(Which.NAMED, Which.ALL_OF_NAMESPACE, Which.REVIEWS, Which.ALL_OF_ARGO, Which.SETTINGS_OF_ARGO);

    private final String function;
    private final boolean writes;

    StepRights(String function, boolean writes) {
        this.function = function;
        this.writes = writes;
    }

    /** The step as a Jenkinsfile has it. */
    public String function() {
        return function;
    }

    /** Whether the step writes to the cluster. */
    public boolean writes() {
        return writes;
    }

    /**
     * The rights, of objects of any name.
     *
     * @param namespace where workflows run
     * @param argoNamespace where Argo's controller runs
     */
    abstract List<Right> in(String namespace, String argoNamespace);

    private static List<Right> rights(String namespace, String group, String resource, String... verbs) {
        return Stream.of(verbs)
                .map(verb -> Right.of(verb, group, resource, namespace))
                .toList();
    }

    private static List<Right> join(List<List<Right>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }
}
