package io.jenkins.plugins.argopreflight.engine.story;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A mistake on a {@link Stage}, as a story: a workflow without the mistake, the change by a user, the finding, and the
 * finding's fix.
 *
 * @param finding the check's id and the subject's kind, namespace/name and field
 * @param submitter who submits and asks
 */
record Mistake(
        String title,
        Consumer<Stage> twin,
        Consumer<Stage> change,
        String finding,
        BiConsumer<Stage, Finding> remedy,
        Function<Stage, User> submitter) {

    static Mistake of(String title) {
        return new Mistake(
                title,
                stage -> {},
                stage -> {},
                "",
                (stage, finding) -> {},
                stage -> stage.cluster().admin());
    }

    Mistake twin(Consumer<Stage> healthy) {
        return new Mistake(title, healthy, change, finding, remedy, submitter);
    }

    Mistake change(Consumer<Stage> wrong) {
        return new Mistake(title, twin, wrong, finding, remedy, submitter);
    }

    Mistake finding(String check, String subject) {
        return new Mistake(title, twin, change, check + ": " + subject, remedy, submitter);
    }

    Mistake remedy(BiConsumer<Stage, Finding> fix) {
        return new Mistake(title, twin, change, finding, fix, submitter);
    }

    Mistake submitter(Function<Stage, User> who) {
        return new Mistake(title, twin, change, finding, remedy, who);
    }

    @Override
    public String toString() {
        return title;
    }
}
