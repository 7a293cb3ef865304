package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import java.util.List;

/**
 * A check for an API server that cannot be reached or does not accept the credential. All facts of the cluster are
 * unknown in this case.
 */
public final class NoClusterAccess extends Check {

    private static final String ID = "no-cluster-access";

    public NoClusterAccess() {
        super(CheckInfo.error(ID, "The cluster cannot be reached, or does not accept the credential", Topic.CLUSTER)
                .giving(Outcome.UNKNOWN));
    }

    @Override
    public List<Finding> check(Facts facts) {
        return facts.unseen().stream()
                .filter(each -> each.asked() && each.isOf(Unavailable.Source.CLUSTER))
                .limit(1)
                .map(each -> Finding.unknown(
                                info(),
                                Subject.of("Cluster", "", "", ""),
                                UnknownFindings.sentence(each.reason()) + " What needs the cluster was not checked.")
                        .title("Could not check the cluster")
                        .fix(RunCommands.of(Command.kubectl("auth", "whoami")
                                .withNote("the same kubeconfig: does the API server answer, and to whom?"))))
                .toList();
    }

    /** Returns whether this check created the finding. */
    public static boolean isReportedBy(Finding finding) {
        return finding.check().equals(ID);
    }
}
