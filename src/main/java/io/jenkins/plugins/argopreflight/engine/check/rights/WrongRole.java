package io.jenkins.plugins.argopreflight.engine.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * A Role for a workflow's account that grants create on pods, which only the controller does, and not to report
 * results, which the executor has to; a binding whose ServiceAccount has no namespace. Source: argo-workflows
 * docs/workflow-rbac.md, kubernetes pkg/apis/rbac/validation.
 */
public final class WrongRole implements Check {

    private static final CheckInfo INFO = new CheckInfo(
            "wrong-role",
            "A Role or binding does not grant what a workflow's ServiceAccount needs",
            Severity.ERROR,
            Topic.PERMISSIONS);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.given().stream()
                .anyMatch(each -> isRole(each) || each.kind().endsWith("RoleBinding"));
    }

    private static boolean isRole(Document document) {
        return document.kind().equals("Role") || document.kind().equals("ClusterRole");
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (Document document : facts.given()) {
            if (isRole(document)) {
                role(document, findings);
            } else if (document.kind().endsWith("RoleBinding")) {
                binding(document, findings);
            }
        }
        return findings;
    }

    private static void role(Document role, List<Finding> findings) {
        JsonNode rules = role.root().path("rules");
        int pods = -1;
        for (int i = 0; rules.isArray() && i < rules.size(); i++) {
            JsonNode rule = rules.path(i);
            if (has(rule, "resources", "workflowtaskresults")
                    || has(rule, "resources", "workflows")
                    || has(rule, "resources", "pods/exec")) {
                return;
            }
            if (has(rule, "resources", "pods") && has(rule, "verbs", "create")) {
                pods = i;
            }
        }
        if (pods >= 0) {
            findings.add(Finding.fail(
                            INFO,
                            Subject.of(role, role.namespace(), "rules[" + pods + "]"),
                            role.kind() + " " + role.name() + " grants create on pods, which a workflow does not need:"
                                    + " the controller creates the pods. It does not grant create and patch on"
                                    + " workflowtaskresults.argoproj.io, which Argo's executor needs.")
                    .title("%s %s grants create on pods, not on workflowtaskresults", role.kind(), role.name())
                    .evidence(EvidenceLine.field(
                            "rules[" + pods + "]", rules.get(pods).toString()))
                    .fix(ChangeField.to(Yaml.of("""
                            rules:
                            - apiGroups: [argoproj.io]
                              resources: [workflowtaskresults]
                              verbs: [create, patch]
                            """))));
        }
    }

    private static boolean has(JsonNode rule, String list, String wanted) {
        for (JsonNode each : rule.path(list)) {
            if (each.asText().equals(wanted) || each.asText().equals("*")) {
                return true;
            }
        }
        return false;
    }

    private static void binding(Document binding, List<Finding> findings) {
        JsonNode subjects = binding.root().path("subjects");
        for (int i = 0; subjects.isArray() && i < subjects.size(); i++) {
            JsonNode subject = subjects.path(i);
            if (Objects.text(subject, "kind").equals("ServiceAccount")
                    && Objects.text(subject, "namespace").isEmpty()) {
                String account = Objects.text(subject, "name");
                Operand namespace = Operand.namespace(binding.namespace());
                findings.add(Finding.fail(
                                INFO,
                                Subject.of(binding, binding.namespace(), "subjects[" + i + "].namespace"),
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
                                RunCommands.of(Command.kubectl("create", "rolebinding")
                                                .name("RoleBinding", binding.name())
                                                .with("--role=ROLE")
                                                .with(Operand.joined(
                                                        Operand.text("--serviceaccount="),
                                                        namespace,
                                                        Operand.text(":"),
                                                        Operand.name("ServiceAccount", account)))
                                                .namespace(binding.namespace()))
                                        .because("on the command line it is NAMESPACE:NAME:")));
            }
        }
    }
}
