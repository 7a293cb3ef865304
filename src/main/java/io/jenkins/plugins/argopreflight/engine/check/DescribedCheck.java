package io.jenkins.plugins.argopreflight.engine.check;

/** A check with a description that its constructor receives. */
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
