package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A check that tells some of the causes for which pulls fail: one finding for each object to mend. */
abstract class PullRule implements Check {

    private static final int SHOWN = 5;

    private record Told(Subject object, Object common) {}

    private final CheckInfo info;

    PullRule(String id, String summary, Severity severity, String... needs) {
        info = new CheckInfo(id, summary, severity, Topic.IMAGES).needing(needs);
    }

    /** A check whose findings keep a pod from running, and that needs all that pulls need. */
    PullRule(String id, String summary) {
        this(id, summary, Severity.ERROR, "pull Secrets", "ServiceAccounts", "registries");
    }

    @Override
    public final CheckInfo info() {
        return info;
    }

    /** Whether this check tells that cause. */
    abstract boolean tells(Facts facts, PullCause cause);

    /** Whether it tells what only the controller's look-up suffers from. */
    boolean isForLookUps() {
        return false;
    }

    /** The object to mend. */
    abstract Subject subject(Facts facts, PullCause cause);

    /** What else pulls have in common that one finding tells, where its sentence names more than the object. */
    Object common(PullCause cause) {
        return "";
    }

    /** The finding on one object, which all these pulls have in common. */
    abstract Finding finding(Facts facts, Subject subject, List<PullCause> causes);

    @Override
    public List<Finding> check(Facts facts) {
        Map<Told, List<PullCause>> byObject = new LinkedHashMap<>();
        causes(facts).stream()
                .filter(cause -> (!cause.onlyLookUp() || isForLookUps()) && tells(facts, cause))
                .forEach(cause -> byObject.computeIfAbsent(
                                new Told(subject(facts, cause).container(""), common(cause)), one -> new ArrayList<>())
                        .add(cause));
        List<Finding> findings = new ArrayList<>();
        byObject.forEach((told, causes) -> findings.add(Assumption.said(
                facts,
                withKnobs(facts, finding(facts, contained(told.object(), causes), causes), causes)
                        .evidence(evidence(causes))
                        .ending(Hang.ending(causes))
                        .on(causes.stream().map(cause -> cause.row().pod()).toList()))));
        return findings;
    }

    /** Where another image is what mends it, the knob of containers that the user did not write. */
    private static Finding withKnobs(Facts facts, Finding finding, List<PullCause> causes) {
        boolean image =
                finding.subject().path().equals(Operators.executorImage(facts).path())
                        || finding.subject().path().equals(Knobs.DRIVERS);
        boolean told = finding.outcome() == Outcome.UNKNOWN || Knobs.isIn(finding.fixes());
        return !image || told ? finding : finding.fix(Knobs.image(facts, causes, Operand.placeholder("IMAGE")));
    }

    @Override
    public boolean applies(Facts facts) {
        return !facts.pulls().isEmpty();
    }

    @Override
    public boolean isBlind(Facts facts) {
        return causes(facts).stream().anyMatch(PullCause::isBlind);
    }

    static List<PullCause> causes(Facts facts) {
        return PullCauses.all(facts);
    }

    private static Subject contained(Subject subject, List<PullCause> causes) {
        List<String> containers =
                causes.stream().map(cause -> cause.row().container()).distinct().toList();
        return containers.size() == 1 ? subject.container(containers.get(0)) : subject;
    }

    /** Which image in which container, and the registry's words; each once. */
    private static String[] evidence(List<PullCause> causes) {
        List<String> lines = causes.stream()
                .map(cause -> (cause.row().isLookUp() ? "the controller's look-up for container " : "container ")
                        + cause.row().container() + ": " + cause.row().pull().image()
                        + (cause.said().isEmpty() ? "" : ": " + cause.said()))
                .distinct()
                .toList();
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN, lines.size())));
        if (lines.size() > SHOWN) {
            shown.add("and " + (lines.size() - SHOWN) + " more");
        }
        return shown.toArray(String[]::new);
    }

    /** {@code "a", "b" and "c"}, or "a" alone. */
    static String images(Collection<PullCause> causes) {
        List<String> all = causes.stream()
                .map(cause -> cause.row().pull().image())
                .distinct()
                .toList();
        return listed(all);
    }

    static String listed(List<String> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
        return all.stream().limit(SHOWN).collect(Collectors.joining(", ")) + more;
    }

    /** Which entry of which Secret. */
    static String entry(PullCause cause) {
        return "Secret \"" + cause.secret() + "\" (key \"" + cause.key() + "\")";
    }

    /** The first of the images, for a title: without the registry where there is one. */
    static String image(Collection<PullCause> causes) {
        PullCause first = causes.iterator().next();
        String name = first.row().pull().image();
        return PullCause.image(first.row())
                .map(image -> image.registry() + "/")
                .filter(name::startsWith)
                .map(registry -> name.substring(registry.length()))
                .orElse(name);
    }
}
