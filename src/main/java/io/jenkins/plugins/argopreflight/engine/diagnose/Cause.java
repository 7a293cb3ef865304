package io.jenkins.plugins.argopreflight.engine.diagnose;

import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Why nodes of a workflow failed or do not go on.
 *
 * @param check the id of the preflight check that knows the problem, else the symptom's own id
 * @param title the problem, at most 80 characters
 * @param subject the object to fix
 * @param detail what it means, at most three sentences; never a secret
 * @param permanent whether waiting does not help: someone has to change something
 * @param next what to do with the workflow after the fix
 * @param nodes display names of the nodes that it stops, in the workflow's order
 * @param evidence what shows it, the most showing first
 * @param fixes what to do, the best first; comments of their YAML are not in JSON
 * @param remediation the fixes as text: commands and YAML that can be pasted as they stand
 */
public record Cause(
        String check,
        String title,
        Subject subject,
        String detail,
        boolean permanent,
        Next next,
        List<String> nodes,
        List<Evidence> evidence,
        List<Fix> fixes,
        List<String> remediation) {

    /** The object to fix, or the one that suffers where none can be fixed. Absent parts are "". */
    public record Subject(String kind, String namespace, String name, String container, String path) {}

    public Cause {
        nodes = List.copyOf(nodes);
        evidence = List.copyOf(evidence);
        fixes = List.copyOf(fixes);
        remediation = List.copyOf(remediation);
    }

    /** The same for these nodes. */
    public Cause on(List<String> others) {
        return new Cause(check, title, subject, detail, permanent, next, others, evidence, fixes, remediation);
    }

    /** The same with what else was seen. */
    public Cause shownBy(List<Evidence> seen) {
        return new Cause(check, title, subject, detail, permanent, next, nodes, seen, fixes, remediation);
    }

    /**
     * The same in the words of another reader.
     *
     * @param words rewrites a sentence
     * @param written writes a fix
     */
    Cause worded(UnaryOperator<String> words, Function<Fix, List<String>> written) {
        return new Cause(
                check,
                words.apply(title),
                subject,
                words.apply(detail),
                permanent,
                next,
                nodes,
                evidence,
                fixes,
                fixes.stream().flatMap(fix -> written.apply(fix).stream()).toList());
    }

    /** The same with what to do. */
    public Cause fixedBy(List<? extends Fix> what) {
        List<Fix> checked = what.stream().map(Fix::checked).distinct().toList();
        return new Cause(
                check,
                title,
                subject,
                detail,
                permanent,
                next,
                nodes,
                evidence,
                checked,
                checked.stream().map(Shell::text).toList());
    }
}
