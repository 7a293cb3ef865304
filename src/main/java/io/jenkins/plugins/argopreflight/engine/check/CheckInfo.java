package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The description of a check, for its page, the list of checks and the reports.
 *
 * @param id the id in kebab case; it never changes, because users write it into {@code --ignore}
 * @param summary the problem that the check finds, in one line
 * @param severity the severity of its findings
 * @param ending the way in which a finding ends the node of a pod
 * @param outcomes the possible outcomes of its findings; a FAIL becomes a WARN if the pods run only under a condition
 * @param needs the facts that it reads besides the given files; if they could not be read, the check is UNKNOWN
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

    /**
     * Describes a check that reads only the given files and whose findings end the node in Error. The methods below
     * change these defaults.
     */
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

    /** Describes a check whose findings are FAIL. It reads only the given files, unless {@link #needing} adds more. */
    public static CheckInfo error(String id, String summary, Topic topic) {
        return new CheckInfo(id, summary, Severity.ERROR, topic);
    }

    /** Describes a check whose findings are WARN. It reads only the given files, unless {@link #needing} adds more. */
    public static CheckInfo warning(String id, String summary, Topic topic) {
        return new CheckInfo(id, summary, Severity.WARNING, topic);
    }

    /** Returns this description with another way in which findings end the node. */
    public CheckInfo ending(Ending other) {
        return new CheckInfo(id, summary, severity, topic, other, outcomes, needs);
    }

    /** Returns this description with the needed facts, and with outcome UNKNOWN if there are any. */
    public CheckInfo needing(Need... requirements) {
        Set<Outcome> all = EnumSet.copyOf(outcomes);
        if (requirements.length > 0) {
            all.add(Outcome.UNKNOWN);
        }
        return new CheckInfo(id, summary, severity, topic, ending, all, List.of(requirements));
    }

    /** Returns this description with more outcomes than its severity and its needs imply. */
    public CheckInfo alsoGiving(Outcome... more) {
        Set<Outcome> all = EnumSet.copyOf(outcomes);
        all.addAll(List.of(more));
        return new CheckInfo(id, summary, severity, topic, ending, all, needs);
    }

    /** Returns this description with exactly these outcomes. */
    public CheckInfo giving(Outcome... all) {
        return new CheckInfo(id, summary, severity, topic, ending, Set.of(all), needs);
    }

    /** Returns the outcomes in one line: {@code WARN, FAIL, UNKNOWN}. */
    public String gives() {
        String all = outcomes.stream().map(Outcome::name).collect(Collectors.joining(", "));
        return severity == Severity.NOTE ? all + " (no gate counts it)" : all;
    }

    /** Returns the needed facts in one line: {@code list nodes, registries}. */
    public String needed() {
        return needs.isEmpty()
                ? "only the given files"
                : needs.stream().map(Need::toString).collect(Collectors.joining(", "));
    }
}
