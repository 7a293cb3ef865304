package io.jenkins.plugins.argopreflight.engine.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answers about a namespace of workflows: it does not exist, or nothing in it can be read. */
public final class NamespaceAnswers {

    private static final String KIND = Resource.NAMESPACES.kind();

    private NamespaceAnswers() {}

    /** Returns the thing that is missing where a namespace is. */
    public static Missing missing(String namespace) {
        return new Missing.Named(KIND, "", namespace);
    }

    /** Returns whether the namespace was read and is not there. */
    public static boolean isAbsent(Facts facts, String namespace) {
        return read(facts, namespace).ifKnown().filter(Optional::isEmpty).isPresent();
    }

    /** Returns whether the submitting user has no right in the namespace, and cannot see that it exists. */
    public static boolean isUnreadable(Facts facts, String namespace) {
        List<NeededRight> rights = facts.permissions().stream()
                .filter(row -> row.party() == Party.SUBMITTER
                        && row.right().namespace().equals(namespace))
                .toList();
        return read(facts, namespace)
                        .ifUnknown()
                        .flatMap(Fact.Unknown::missingRight)
                        .isPresent()
                && !rights.isEmpty()
                && rights.stream()
                        .allMatch(row ->
                                row.answer().ifKnown().filter(yes -> !yes).isPresent())
                && facts.workflows().stream()
                        .filter(workflow -> workflow.namespace().equals(namespace))
                        .flatMap(workflow -> workflow.pods().stream())
                        .allMatch(pod -> facts.cluster()
                                .get(Resource.SERVICE_ACCOUNTS, namespace, Json.text(pod.spec(), "serviceAccountName"))
                                .isUnknown());
    }

    private static Fact<Optional<ObjectNode>> read(Facts facts, String namespace) {
        return facts.cluster().get(Resource.NAMESPACES, "", namespace);
    }

    /** Returns whether the thing that is missing is a namespace. */
    static boolean isNamespace(@Nullable Missing missing) {
        return missing instanceof Missing.Named named && named.kind().equals(KIND);
    }

    /**
     * Returns whether a finding follows from one about a namespace.
     *
     * <p>From an absent namespace follow missing rights in it, and missing objects. From the question whether a
     * namespace exists follows only what the same login could not read there, since the namespace can exist.
     *
     * @param cause a finding whose missing thing is a namespace
     */
    static boolean isConsequence(Finding cause, Finding finding) {
        boolean isAbsent = cause.subject().kind().equals(KIND);
        if (finding.missing() instanceof Missing.Unread unread) {
            return missing(unread.namespace()).equals(cause.missing());
        }
        if (finding.missing() instanceof Missing.InNamespace content) {
            boolean isOfSameLogin = finding.check().equals(cause.check()) && finding.outcome() == Outcome.WARN;
            return missing(content.namespace()).equals(cause.missing())
                    && (isAbsent ? finding.subject().namespace().equals(content.namespace()) : isOfSameLogin);
        }
        return isAbsent && cause != finding && Objects.equals(cause.missing(), finding.missing());
    }
}
