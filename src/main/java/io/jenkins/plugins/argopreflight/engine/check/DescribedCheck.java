package io.jenkins.plugins.argopreflight.engine.check;

/** A check that is described where it is made. */
public abstract class DescribedCheck implements Check {

    private final CheckInfo info;

    protected DescribedCheck(CheckInfo info) {
        this.info = info;
    }

    @Override
    public final CheckInfo info() {
        return info;
    }
}
