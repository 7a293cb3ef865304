package io.jenkins.plugins.argopreflight.engine.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which namespaces a request means: names, globs, a label selector; each with an objection where it cannot be used. */
final class TargetNamespaces {

    private final ClusterGateway gateway;
    private final SyncRequest request;

    TargetNamespaces(ClusterGateway gateway, SyncRequest request) {
        this.gateway = gateway;
        this.request = request;
    }

    /**
     * The namespaces in the order of their names; a value says why nothing can be done there, "" for nothing known.
     *
     * @throws IllegalArgumentException when a glob or the selector matches nothing
     * @throws ClusterException when they need a list of the namespaces and there is none
     */
    Map<String, String> resolve() {
        List<String> globs =
                request.namespaces().stream().filter(TargetNamespaces::isGlob).toList();
        List<String> names =
                request.namespaces().stream().filter(name -> !isGlob(name)).toList();
        boolean need = !globs.isEmpty() || !request.namespaceSelector().isEmpty();
        if (!need && names.size() == 1) {
            return Map.of(names.get(0), judge(names.get(0)));
        }
        Optional<Map<String, ObjectNode>> listed = list(need);
        if (listed.isEmpty()) {
            Map<String, String> unjudged = new TreeMap<>();
            names.forEach(name -> unjudged.put(name, ""));
            return unjudged;
        }
        Map<String, String> targets = new TreeMap<>();
        Map<String, ObjectNode> all = listed.get();
        names.forEach(name -> targets.put(
                name, objection(name, Optional.ofNullable(all.get(name))).orElse("")));
        for (String glob : globs) {
            add(
                    targets,
                    "namespaces \"" + glob + "\"",
                    all.keySet().stream().filter(matching(glob)).toList(),
                    all);
        }
        if (!request.namespaceSelector().isEmpty()) {
            Collection<ObjectNode> selected = gateway.list(Resource.NAMESPACES, "", request.namespaceSelector(), "");
            List<String> found = selected.stream().map(Objects::name).toList();
            add(targets, "label selector \"" + request.namespaceSelector() + "\"", found, all);
        }
        return targets;
    }

    /** Why a namespace cannot be written to. */
    static Optional<String> objection(String name, Optional<ObjectNode> namespace) {
        if (namespace.isEmpty()) {
            return Optional.of("namespace " + name + " does not exist: make it with kubectl create namespace " + name
                    + ", or leave it out");
        }
        return Objects.isTerminating(namespace.get())
                ? Optional.of("namespace " + name + " is Terminating: leave it out, or wait until it is gone and make "
                        + "it anew")
                : Optional.empty();
    }

    private static void add(Map<String, String> targets, String what, List<String> found, Map<String, ObjectNode> all) {
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    what + " matches none of the cluster's namespaces: see kubectl get " + "namespaces --show-labels");
        }
        found.forEach(name -> targets.putIfAbsent(
                name, objection(name, Optional.ofNullable(all.get(name))).orElse("")));
    }

    private Optional<Map<String, ObjectNode>> list(boolean need) {
        try {
            Map<String, ObjectNode> all = new TreeMap<>();
            gateway.list(Resource.NAMESPACES, "", "", "")
                    .forEach(namespace -> all.put(Objects.name(namespace), namespace));
            return Optional.of(all);
        } catch (ClusterException e) {
            if (e.kind() == Kind.FORBIDDEN && need) {
                throw new ClusterException(
                        Kind.FORBIDDEN,
                        "globs and label selectors need the right to list namespaces in all namespaces; grant it, or "
                                + "give the names with --namespace: " + e.getMessage(),
                        e);
            } else if (e.kind() == Kind.FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private String judge(String name) {
        try {
            return objection(name, gateway.get(Resource.NAMESPACES, "", name)).orElse("");
        } catch (ClusterException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return "";
            }
            throw e;
        }
    }

    static boolean isGlob(String name) {
        return name.contains("*") || name.contains("?");
    }

    private static Predicate<String> matching(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (char c : glob.toCharArray()) {
            pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(pattern.toString()).asMatchPredicate();
    }
}
