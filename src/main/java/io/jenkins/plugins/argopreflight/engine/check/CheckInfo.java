package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a check is, for its page, the list of checks and the reports.
 *
 * @param id in kebab case, forever the same: people write it into {@code --ignore}
 * @param summary one line: what is wrong when it finds something
 * @param severity of what it finds
 * @param ending how what it finds ends the node of a pod
 * @param outcomes of what it finds or could not check; a FAIL becomes a WARN where the pods run only under a condition
 * @param needs what it reads besides the given files; where that could not be read, it is UNKNOWN
 */
public record CheckInfo(
        String id,
        String summary,
        Severity severity,
        Topic topic,
        Ending ending,
        Set<Outcome> outcomes,
        List<Need> needs) {

    public CheckInfo {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(ending, "ending");
        outcomes = Collections.unmodifiableSet(EnumSet.copyOf(outcomes));
        needs = List.copyOf(needs);
        if (outcomes.contains(Outcome.FAIL) && severity != Severity.ERROR) {
            throw new IllegalArgumentException(id + " gives " + outcomes + ", and its severity is " + severity);
        }
        if (!id.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*+")) {
            throw new IllegalArgumentException("check id \"" + id + "\" is not kebab case");
        }
    }

    /** A check that reads given files only and whose findings end the node in Error, until it says otherwise. */
    public CheckInfo(String id, String summary, Severity severity, Topic topic) {
        this(
                id,
                summary,
                severity,
                topic,
                Ending.ERROR,
                EnumSet.of(severity == Severity.ERROR ? Outcome.FAIL : Outcome.WARN),
                List.of());
    }

    /** The same where what it finds ends the node otherwise. */
    public CheckInfo ending(Ending other) {
        return new CheckInfo(id, summary, severity, topic, other, outcomes, needs);
    }

    /** The same with what it needs, and UNKNOWN where that could not be read. */
    public CheckInfo needing(Need... what) {
        Set<Outcome> all = EnumSet.copyOf(outcomes);
        if (what.length > 0) {
            all.add(Outcome.UNKNOWN);
        }
        return new CheckInfo(id, summary, severity, topic, ending, all, List.of(what));
    }

    /** The same with outcomes that neither its severity nor its needs say. */
    public CheckInfo also(Outcome... more) {
        Set<Outcome> all = EnumSet.copyOf(outcomes);
        all.addAll(List.of(more));
        return new CheckInfo(id, summary, severity, topic, ending, all, needs);
    }

    /** The same where these are all its outcomes. */
    public CheckInfo giving(Outcome... all) {
        return new CheckInfo(id, summary, severity, topic, ending, Set.of(all), needs);
    }

    /** Its outcomes, for a line: {@code WARN, FAIL, UNKNOWN}. */
    public String gives() {
        String all = outcomes.stream().map(Outcome::name).collect(Collectors.joining(", "));
        return severity == Severity.NOTE ? all + " (no gate counts it)" : all;
    }

    /** What it needs, for a line: {@code list nodes, registries}. */
    public String needed() {
        return needs.isEmpty()
                ? "only the given files"
                : needs.stream().map(Need::toString).collect(Collectors.joining(", "));
    }
}
