package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Rbac;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check for Roles of a workflow's account that grant create on pods, which only the controller needs, but not the
 * right to report results, which the executor needs; and for ClusterRoleBindings with a ServiceAccount without a
 * namespace. Source: argo-workflows docs/workflow-rbac.md, kubernetes pkg/apis/rbac/validation.
 */
public final class WrongRole extends Check {

    private static final String RESULTS = "workflowtaskresults";

    public WrongRole() {
        super(CheckInfo.error(
                        "wrong-role",
                        "A Role or binding does not grant what a workflow's ServiceAccount needs",
                        Topic.PERMISSIONS)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.documents().stream().anyMatch(each -> isRole(each) || isClusterRoleBinding(each));
    }

    private static boolean isClusterRoleBinding(Document document) {
        return document.kind().equals("ClusterRoleBinding");
    }

    private static boolean isRole(Document document) {
        return document.kind().equals("Role") || document.kind().equals("ClusterRole");
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        Map<JsonNode, Outcome> executorRoles = rolesOfExecutors(facts);
        // Without a cluster and without a given binding, each given Role can be meant for the workflow's account,
        // unless one of them grants the rights that the executor needs.
        boolean isEachRolePossible = executorRoles.isEmpty()
                && missingRights(facts).anyMatch(row -> row.answer().isUnknown())
                && facts.documents().stream().filter(WrongRole::isRole).noneMatch(WrongRole::isForResults);
        for (Document document : facts.documents()) {
            Outcome outcome =
                    isEachRolePossible && isRole(document) ? Outcome.FAIL : executorRoles.get(document.root());
            if (outcome != null) {
                checkRole(document, outcome, findings);
            } else if (isClusterRoleBinding(document)) {
                checkBinding(document, findings);
            }
        }
        return findings;
    }

    private static boolean isForResults(Document role) {
        return role.root()
                .path("rules")
                .valueStream()
                .anyMatch(rule -> has(rule, "resources", RESULTS) && has(rule, "verbs", "create"));
    }

    private void checkRole(Document role, Outcome outcome, List<Finding> findings) {
        JsonNode rules = role.root().path("rules");
        int podsRule = -1;
        for (int i = 0; rules.isArray() && i < rules.size(); i++) {
            JsonNode rule = rules.path(i);
            if (has(rule, "resources", RESULTS)
                    || has(rule, "resources", "workflows")
                    || has(rule, "resources", "pods/exec")) {
                return;
            }
            if (has(rule, "resources", "pods") && has(rule, "verbs", "create")) {
                podsRule = i;
            }
        }
        if (podsRule >= 0) {
            Subject subject = Subject.of(role, role.namespace(), "rules[" + podsRule + "]");
            String detail = role.kind() + " " + role.name() + " grants create on pods, which a workflow does not need:"
                    + " the controller creates the pods. It does not grant create and patch on"
                    + " workflowtaskresults.argoproj.io, which Argo's executor needs.";
            findings.add((outcome == Outcome.FAIL
                            ? Finding.fail(info(), subject, detail)
                            : Finding.warn(
                                    info(), subject, detail + " Could not check whether another Role grants that."))
                    .title("%s %s grants create on pods, not on workflowtaskresults", role.kind(), role.name())
                    .evidence(EvidenceLine.field(
                            "rules[" + podsRule + "]", rules.get(podsRule).toString()))
                    .fix(ChangeField.to(Yaml.of("""
                            rules:
                            - apiGroups: [argoproj.io]
                              resources: [workflowtaskresults]
                              verbs: [create, patch]
                            """))));
        }
    }

    /**
     * Returns the Roles that given bindings grant to executors' accounts without the right to report results, neither
     * in the cluster nor in the files. The outcome is FAIL if the cluster's answer is known, or else WARN.
     */
    private static Map<JsonNode, Outcome> rolesOfExecutors(Facts facts) {
        Map<JsonNode, Outcome> roles = new IdentityHashMap<>();
        Map<String, List<Document>> rolesByName =
                facts.documents().stream().filter(WrongRole::isRole).collect(Collectors.groupingBy(Document::name));
        missingRights(facts)
                .forEach(row -> Identity.serviceAccount(row.user()).ifPresent(account -> {
                    GivenRoles source = new GivenRoles(facts.documents(), rolesByName, new ArrayList<>());
                    Identity identity = Identity.ofServiceAccount(account.namespace(), account.name());
                    if (!new Rbac(source).allows(identity, row.right())) {
                        Outcome outcome = row.answer().isUnknown() ? Outcome.WARN : Outcome.FAIL;
                        source.bound().forEach(role -> roles.merge(role, outcome, WrongRole::worse));
                    }
                }));
        return roles;
    }

    /** Returns the rights to report results that are not known to be granted. */
    private static Stream<NeededRight> missingRights(Facts facts) {
        return facts.permissions().stream()
                .filter(row -> MayRun.isReport(row) && !row.answer().ifKnown().orElse(false));
    }

    private static Outcome worse(Outcome one, Outcome other) {
        return one == Outcome.FAIL ? one : other;
    }

    /**
     * The Roles and bindings in the given files. An object without a namespace belongs to each namespace.
     *
     * @param bound the Roles that {@link Rbac} looked up: those of the bindings of an identity
     */
    private record GivenRoles(List<Document> documents, Map<String, List<Document>> roles, List<ObjectNode> bound)
            implements Rbac.Source {

        @Override
        public Collection<ObjectNode> bindings(String namespace) {
            return ofNamespace(namespace, "RoleBinding", documents).toList();
        }

        @Override
        public Optional<ObjectNode> role(String namespace, String name) {
            Optional<ObjectNode> role = ofNamespace(namespace, "Role", roles.getOrDefault(name, List.of()))
                    .findFirst();
            role.ifPresent(bound::add);
            return role;
        }

        private static Stream<ObjectNode> ofNamespace(String namespace, String kind, List<Document> documents) {
            return documents.stream()
                    .filter(each -> each.kind().equals(namespace.isEmpty() ? "Cluster" + kind : kind)
                            && List.of("", namespace).contains(each.namespace()))
                    .map(Document::root);
        }
    }

    private static boolean has(JsonNode rule, String list, String value) {
        for (JsonNode each : rule.path(list)) {
            if (Json.text(each).equals(value) || Json.text(each).equals("*")) {
                return true;
            }
        }
        return false;
    }

    private void checkBinding(Document binding, List<Finding> findings) {
        JsonNode subjects = binding.root().path("subjects");
        for (int i = 0; subjects.isArray() && i < subjects.size(); i++) {
            JsonNode subject = subjects.path(i);
            if (Json.text(subject, "kind").equals("ServiceAccount")
                    && Json.text(subject, "namespace").isEmpty()) {
                String account = Json.text(subject, "name");
                Operand namespace = Operand.placeholder("NAMESPACE");
                String role = Json.text(binding.root(), "roleRef", "name");
                findings.add(Finding.fail(
                                info(),
                                Subject.of(binding, "", "subjects[" + i + "].namespace"),
                                binding.kind() + " " + binding.name() + " lists ServiceAccount " + account
                                        + " without its namespace. The API server refuses the binding"
                                        + " (subjects[" + i + "].namespace: Required value).")
                        .title("ServiceAccount %s in %s %s has no namespace", account, binding.kind(), binding.name())
                        .evidence(EvidenceLine.words(
                                "subjects[" + i + "]: kind ServiceAccount, name " + account + ", no namespace"))
                        .fix(
                                ChangeField.to(Yaml.of("""
                                                subjects:
                                                - kind: ServiceAccount
                                                  name: $account
                                                  namespace: $namespace
                                                """)
                                        .with("account", Operand.name("ServiceAccount", account))
                                        .with("namespace", namespace)),
                                RunCommands.of(Command.kubectl("create", "clusterrolebinding")
                                                .name("ClusterRoleBinding", binding.name())
                                                .with(Operand.joined(
                                                        Operand.text("--clusterrole="),
                                                        Operand.name("ClusterRole", role)))
                                                .with(Operand.joined(
                                                        Operand.text("--serviceaccount="),
                                                        namespace,
                                                        Operand.text(":"),
                                                        Operand.name("ServiceAccount", account))))
                                        .because("on the command line it is NAMESPACE:NAME:")));
            }
        }
    }
}
