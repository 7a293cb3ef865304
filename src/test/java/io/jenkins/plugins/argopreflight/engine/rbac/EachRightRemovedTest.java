package io.jenkins.plugins.argopreflight.engine.rbac;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The effect of a missing right: the report shows the right, and never a verdict. A preflight runs with all rights that
 * it uses, without each of them in turn, and without any, on a real kube-apiserver.
 */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class EachRightRemovedTest {

    private static final Set<Outcome> UNJUDGED = EnumSet.of(Outcome.UNKNOWN, Outcome.SKIPPED);

    /**
     * The check of the rights of the user who asks, which can always be read. If that user lacks a right, this is a
     * verdict.
     */
    private static final String OWN = "may-submit";

    private RealRegistry registry;
    private Stage stage;
    private RightsToLook rights;

    @BeforeEach
    void setUp() {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        stage = Stage.ready(registry);
        stage.references();
        rights = new RightsToLook(stage);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldTurnNoMissingRightIntoAVerdictWhereAllIsWell() {
        List<Right> all = used();
        Report full = check(all);
        assertThat(full.findings()).isEmpty();
        assertThat(full.unknown()).isEmpty();

        List<Right> effectless = removeEach(all, full);

        assertThat(effectless)
                .as("a claim that is bound needs no class")
                .extracting(Right::resource)
                .containsExactly("storageclasses");
    }

    @Test
    void shouldTurnNoMissingRightIntoAVerdictWhereMuchIsWrong() {
        List<Right> all = used();
        stage.kubectl("delete secret/token configmap/settings rolebinding/executor -n CI");
        stage.kubectl("label namespace CI pod-security.kubernetes.io/enforce=restricted");
        stage.spec().set("nodeSelector", Stage.yaml("disk: ssd"));
        ((ObjectNode) stage.spec().at("/templates/1/container")).put("image", "HOST/team/image:v1.3");
        User admin = stage.cluster().admin();
        stage.findings(admin, found -> checks(found).contains("pod-security"));
        Report full = check(all);
        assertThat(checks(full.findings()))
                .contains("missing-secret", "missing-config-map", "may-run", "pod-security")
                .contains("node-selector-no-match", "image-not-found");

        removeEach(all, full);
    }

    @Test
    void shouldKnowNothingOfTheClusterWithoutAnyRight() {
        Report report = stage.check(gateway(stage.cluster().userWith()));

        Map<String, CheckInfo> infos = Preflight.checks().stream().collect(toMap(CheckInfo::id, info -> info));
        assertThat(report.checks())
                .filteredOn(check -> check.outcome() == Outcome.PASS)
                .allSatisfy(check ->
                        assertThat(infos.get(check.id()).needs()).as(check.id()).isEmpty());
        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() != Outcome.UNKNOWN)
                .extracting(Finding::check)
                .containsOnly(OWN);
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.missingRole()).contains("configmaps", "serviceaccounts", "deployments");
    }

    /** Returns the rights that a preflight of this stage uses, as a run with all rights shows. */
    private List<Right> used() {
        User everything = rights.user(List.of());
        stage.kubectl("create clusterrolebinding all-CI --clusterrole=cluster-admin --user=" + everything.name());
        assertThat(stage.findings(everything, List::isEmpty)).isEmpty();
        return Stream.concat(rights.usedBy(everything).stream(), rights.ofSubmitters().stream())
                .distinct()
                .toList();
    }

    /** The rights without which nothing was different. */
    private List<Right> removeEach(List<Right> all, Report full) {
        List<Right> effectless = new ArrayList<>();
        SoftAssertions softly = new SoftAssertions();
        for (Right right : all) {
            Report report = check(RightsToLook.without(right, all));
            Map<String, Outcome> before = outcomes(full);
            outcomes(report)
                    .forEach((check, outcome) -> softly.assertThat(isFair(check, before.get(check), outcome))
                            .as("without " + right + ", " + check + " became " + outcome + " from " + before.get(check)
                                    + ": " + report.findings())
                            .isTrue());
            softly.assertThat(verdicts(report)).as("verdicts without " + right).isSubsetOf(verdicts(full));
            if (outcomes(report).equals(before)) {
                effectless.add(right);
            } else {
                softly.assertThat(forLog(report))
                        .as("what is reported without " + right)
                        .contains(RightsToLook.words(right));
            }
        }
        softly.assertAll();
        return effectless;
    }

    private static boolean isFair(String check, Outcome before, Outcome now) {
        return now == before || check.equals(OWN) || UNJUDGED.contains(now) && before != Outcome.SKIPPED;
    }

    private static Map<String, Outcome> outcomes(Report report) {
        return report.checks().stream()
                .collect(toMap(Report.CheckRow::id, Report.CheckRow::outcome, (one, same) -> one, TreeMap::new));
    }

    private static Set<String> verdicts(Report report) {
        return report.findings().stream()
                .filter(finding ->
                        finding.outcome() != Outcome.UNKNOWN && !finding.check().equals(OWN))
                .map(finding -> finding.outcome() + " " + finding.check() + " " + finding.subject())
                .collect(Collectors.toSet());
    }

    private static List<String> checks(List<Finding> findings) {
        return findings.stream().map(Finding::check).toList();
    }

    private static String forLog(Report report) {
        return Stream.concat(
                        report.findings().stream().map(Finding::message),
                        report.unknown().stream().map(Report.UnknownRow::missingRight))
                .collect(Collectors.joining("\n"));
    }

    private Report check(List<Right> some) {
        return stage.check(gateway(rights.user(some)));
    }

    private ClusterGateway gateway(User user) {
        return RealLab.connect(stage.cluster().kubeconfig(user));
    }
}
