package io.jenkins.plugins.argopreflight.engine.diagnose;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.argopreflight.engine.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials;
import java.util.List;

/**
 * Why nodes of a workflow failed or do not go on.
 *
 * @param check the id of the preflight check that knows the problem, else the symptom's own id
 * @param title the problem, at most 80 characters
 * @param subject the object to fix
 * @param detail what it means, at most three sentences; never a secret
 * @param permanent whether waiting does not help: somebody has to change something
 * @param next what to do with the workflow after the fix
 * @param nodes display names of the nodes that it stops, in the workflow's order
 * @param evidence what shows it, the most telling first
 * @param actions what to do, as data, the best first; a diagnosis that was read from JSON has none
 * @param fixes the same as text
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
        @JsonIgnore List<Fix> actions,
        List<Remedy> fixes) {

    /** The object to fix, or the one that suffers where none can be fixed. Absent parts are "". */
    public record Subject(String kind, String namespace, String name, String container, String path) {}

    /** A fix as it can be pasted. @param kind run-commands, apply-manifest, change-field, write-credentials, ask-person */
    public record Remedy(String kind, String text) {

        static Remedy of(Fix fix) {
            return new Remedy(kind(fix), Shell.text(fix));
        }

        private static String kind(Fix fix) {
            if (fix instanceof RunCommands) {
                return "run-commands";
            }
            if (fix instanceof ApplyManifest) {
                return "apply-manifest";
            }
            if (fix instanceof ChangeField) {
                return "change-field";
            }
            return fix instanceof WriteCredentials ? "write-credentials" : fix instanceof AskPerson ? "ask-person" : "";
        }
    }

    public Cause {
        nodes = List.copyOf(nodes);
        evidence = List.copyOf(evidence);
        actions = actions == null ? List.of() : List.copyOf(actions);
        fixes = List.copyOf(fixes);
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
                checked.stream().map(Remedy::of).toList());
    }
}
