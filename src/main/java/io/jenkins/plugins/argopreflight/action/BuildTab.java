package io.jenkins.plugins.argopreflight.action;

import hudson.model.Run;
import io.jenkins.plugins.argopreflight.engine.render.page.Fold;
import java.util.Objects;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.jspecify.annotations.Nullable;

/** A tab on the page of a build. The build is not stored in build.xml. */
public abstract class BuildTab extends Tab implements RunAction2 {

    private transient @Nullable Run<?, ?> run;

    BuildTab() {
        super(null);
    }

    /** Folds commands or YAML as pages show them. */
    public final Fold fold(String text) {
        return Fold.of(text);
    }

    /** Returns the build of the tab. */
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
