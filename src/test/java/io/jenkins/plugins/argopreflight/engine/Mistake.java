package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.testing.RealCluster.User;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One mistake on a {@link Stage}, told as a story: a healthy twin, what somebody does to it, what is found, and what
 * the finding says to do.
 *
 * @param finding the check's id and the subject's kind, namespace/name and field
 * @param submitter who submits and asks
 */
record Mistake(
        String title,
        Consumer<Stage> twin,
        Consumer<Stage> deed,
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
        return new Mistake(title, healthy, deed, finding, remedy, submitter);
    }

    Mistake deed(Consumer<Stage> wrong) {
        return new Mistake(title, twin, wrong, finding, remedy, submitter);
    }

    Mistake finding(String check, String subject) {
        return new Mistake(title, twin, deed, check + ": " + subject, remedy, submitter);
    }

    Mistake remedy(BiConsumer<Stage, Finding> mend) {
        return new Mistake(title, twin, deed, finding, mend, submitter);
    }

    Mistake submitter(Function<Stage, User> who) {
        return new Mistake(title, twin, deed, finding, remedy, who);
    }

    @Override
    public String toString() {
        return title;
    }
}
