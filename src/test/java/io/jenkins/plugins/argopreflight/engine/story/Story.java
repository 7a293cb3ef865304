package io.jenkins.plugins.argopreflight.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import java.util.List;

/**
 * Plays one mistake: the healthy twin has no finding; the mistake has exactly its own; when its remediation is pasted,
 * there is none any more.
 */
final class Story {

    private final Mistake mistake;
    private final Stage stage;

    Story(Mistake mistake, RealRegistry registry) {
        this.mistake = mistake;
        this.stage = Stage.ready(registry);
    }

    void play() {
        mistake.twin().accept(stage);
        User submitter = mistake.submitter().apply(stage);
        assertThat(stage.findings(submitter, List::isEmpty))
                .as("the healthy twin")
                .isEmpty();

        mistake.change().accept(stage);
        String expected = stage.here(mistake.finding());
        List<Finding> found = stage.findings(submitter, all -> words(all).equals(List.of(expected)));
        assertThat(words(found)).as("the mistake: " + found).containsExactly(expected);
        assertThat(found.get(0).toString()).doesNotContain(Stage.PASSWORD, "renewed");

        mistake.remedy().accept(stage, found.get(0));
        assertThat(stage.findings(submitter, List::isEmpty))
                .as("mended by " + found.get(0).remediation())
                .isEmpty();
    }

    private static List<String> words(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .map(finding -> finding.check() + ": " + words(finding.subject()))
                .toList();
    }

    private static String words(Subject subject) {
        return (subject.kind() + " " + subject.namespace() + "/" + subject.name() + " " + subject.path()).strip();
    }
}
