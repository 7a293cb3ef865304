package io.jenkins.plugins.argopreflight.engine.sync.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.util.text.Glob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The requested namespaces: names, globs, a label selector; each with a refusal if it cannot be used. */
final class TargetNamespaces {

    private final ClusterGateway gateway;
    private final SyncRequest request;

    TargetNamespaces(ClusterGateway gateway, SyncRequest request) {
        this.gateway = gateway;
        this.request = request;
    }

    /**
     * Returns the namespaces in the order of their names. A value is the reason why nothing can be done there, or "".
     *
     * @throws IllegalArgumentException if a glob or the selector matches nothing
     * @throws ClusterException if a list of the namespaces is needed and cannot be read
     */
    Map<String, String> resolve() {
        List<String> globs = request.namespaces().stream().filter(Glob::isGlob).toList();
        List<String> names =
                request.namespaces().stream().filter(name -> !Glob.isGlob(name)).toList();
        boolean need = !globs.isEmpty() || !request.namespaceSelector().isEmpty();
        if (!need && names.size() == 1) {
            return Map.of(names.get(0), judge(names.get(0)));
        }
        Optional<Map<String, ObjectNode>> listed = list(need);
        if (listed.isEmpty()) {
            Map<String, String> unjudged = new TreeMap<>();
            names.forEach(name -> unjudged.put(name, refusal(name).orElse("")));
            return unjudged;
        }
        Map<String, String> targets = new TreeMap<>();
        Map<String, ObjectNode> all = listed.get();
        names.forEach(name -> targets.put(
                name,
                refusal(name)
                        .or(() -> refusal(name, Optional.ofNullable(all.get(name))))
                        .orElse("")));
        for (String glob : globs) {
            add(
                    targets,
                    "namespaces \"" + glob + "\"",
                    all.keySet().stream()
                            .filter(name -> Glob.matches(glob, name))
                            .toList(),
                    all);
        }
        if (!request.namespaceSelector().isEmpty()) {
            Collection<ObjectNode> selected = gateway.list(Resource.NAMESPACES, "", request.namespaceSelector(), "");
            List<String> found = selected.stream().map(KubeObjects::name).toList();
            add(targets, "label selector \"" + request.namespaceSelector() + "\"", found, all);
        }
        return targets;
    }

    /** Returns the reason why a namespace cannot be written to. */
    static Optional<String> refusal(String name, Optional<ObjectNode> namespace) {
        if (namespace.isEmpty()) {
            return Optional.of("namespace " + name + " does not exist: make it with "
                    + Shell.inline(Command.kubectl("create", "namespace").with(Operand.namespace(name)))
                    + ", or leave it out");
        }
        return KubeObjects.isTerminating(namespace.get())
                ? Optional.of("namespace " + name + " is Terminating: leave it out, or wait until it is removed and "
                        + "create it again")
                : Optional.empty();
    }

    private void add(Map<String, String> targets, String what, List<String> found, Map<String, ObjectNode> all) {
        if (found.isEmpty()) {
            String among = gateway.limits()
                    .map(limits -> "namespaces that are in allowedNamespaces of " + limits.cluster())
                    .orElse("cluster's namespaces");
            throw new IllegalArgumentException(
                    what + " matches none of the " + among + ": see kubectl get namespaces --show-labels");
        }
        found.forEach(name -> targets.putIfAbsent(
                name, refusal(name, Optional.ofNullable(all.get(name))).orElse("")));
    }

    private Optional<Map<String, ObjectNode>> list(boolean need) {
        try {
            Map<String, ObjectNode> all = new TreeMap<>();
            gateway.list(Resource.NAMESPACES, "", "", "")
                    .forEach(namespace -> all.put(KubeObjects.name(namespace), namespace));
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

    /** Returns the reason if an administrator does not allow a namespace, whether it exists or not. */
    private Optional<String> refusal(String name) {
        return gateway.limits().flatMap(limits -> limits.refusal(name));
    }

    private String judge(String name) {
        Optional<String> refusal = refusal(name);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return refusal(name, gateway.get(Resource.NAMESPACES, "", name)).orElse("");
        } catch (ClusterException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return "";
            }
            throw e;
        }
    }
}
