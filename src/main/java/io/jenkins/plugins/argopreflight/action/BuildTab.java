package io.jenkins.plugins.argopreflight.action;

import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.render.page.Fold;
import java.util.Objects;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.jspecify.annotations.Nullable;

/** A tab on a build's page, which knows its build; build.xml does not repeat that. */
public abstract class BuildTab extends Tab implements RunAction2 {

    private transient @Nullable Run<?, ?> run;

    BuildTab() {
        super(null);
    }

    /** Commands or YAML as the pages show them. */
    public final Fold fold(String text) {
        return Fold.of(text);
    }

    /** The build. */
    public final Run<?, ?> getRun() {
        return Objects.requireNonNull(run);
    }

    @Override
    public final void onAttached(Run<?, ?> r) {
        run = r;
        object = r;
    }

    @Override
    public final void onLoad(Run<?, ?> r) {
        onAttached(r);
    }
}
