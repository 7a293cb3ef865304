package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.Assumption;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A check that shows some of the causes for which pulls fail: one finding for each object to fix. */
public abstract class PullRule extends DescribedCheck {

    private static final int SHOWN = 5;

    private record Reported(Subject object, Object common) {}

    private final Set<PullCause.Kind> kinds;

    /** @param kinds of causes that it shows; none where it says so in {@link #handles} */
    protected PullRule(CheckInfo info, PullCause.Kind... kinds) {
        super(info);
        this.kinds = Set.of(kinds);
    }

    protected PullRule(String id, String summary, Severity severity, Need... needs) {
        this(info(id, summary, severity, needs));
    }

    /** A check whose findings keep a pod from running, and that needs all that pulls need. */
    protected PullRule(String id, String summary, PullCause.Kind... kinds) {
        this(info(id, summary), kinds);
    }

    protected static CheckInfo info(String id, String summary, Severity severity, Need... needs) {
        return new CheckInfo(id, summary, severity, Topic.IMAGES).needing(needs);
    }

    /** Of a check whose findings keep a pod from running, and that needs all that pulls need. */
    protected static CheckInfo info(String id, String summary) {
        return info(id, summary, Severity.ERROR, Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES);
    }

    /** Whether this check shows that cause. */
    protected boolean handles(Facts facts, PullCause cause) {
        return kinds.contains(cause.kind());
    }

    /** Whether it shows what only the controller's look-up suffers from. */
    protected boolean isForLookUps() {
        return false;
    }

    /** The object to fix. */
    protected abstract Subject subject(Facts facts, PullCause cause);

    /** What else pulls have in common that one finding shows, where its sentence names more than the object. */
    protected Object common(PullCause cause) {
        return "";
    }

    /** The finding on one object, which all these pulls have in common. */
    protected abstract Finding finding(Facts facts, Subject subject, List<PullCause> causes);

    @Override
    public List<Finding> check(Facts facts) {
        Map<Reported, List<PullCause>> byObject = new LinkedHashMap<>();
        causes(facts).stream()
                .filter(cause -> !cause.isOfCaller())
                .filter(cause -> (!cause.onlyLookUp() || isForLookUps()) && handles(facts, cause))
                .forEach(cause -> byObject.computeIfAbsent(
                                new Reported(subject(facts, cause).container(""), common(cause)),
                                one -> new ArrayList<>())
                        .add(cause));
        List<Finding> findings = new ArrayList<>();
        byObject.forEach((reported, causes) -> findings.add(Assumption.said(
                facts,
                withKnobs(facts, caused(finding(facts, contained(reported.object(), causes), causes), causes), causes)
                        .evidence(evidence(causes))
                        .ending(Hang.ending(causes))
                        .on(causes.stream().map(cause -> cause.row().pod()).toList()))));
        return findings;
    }

    /** Where another image is what fixes it, the knob of containers that the user did not write. */
    private static Finding withKnobs(Facts facts, Finding finding, List<PullCause> causes) {
        boolean image = finding.subject()
                        .path()
                        .equals(ControllerPlaces.executorImage(facts).path())
                || finding.subject().path().equals(SettingFix.DRIVERS);
        boolean complete = finding.outcome() == Outcome.UNKNOWN || SettingFix.isIn(finding.fixes());
        List<String> added = causes.stream()
                .map(PullCause::row)
                .filter(PullRule::isAdmitted)
                .map(PodPull::container)
                .distinct()
                .toList();
        if (!added.isEmpty()) {
            return finding.fix(new AskPerson(
                    "cluster administrators",
                    "correct the webhook or policy that sets the image of " + SettingFix.list(added)
                            + " during admission"));
        }
        return !image || complete
                ? finding
                : finding.fix(SettingFix.image(facts, rows(causes), Operand.placeholder("IMAGE")));
    }

    /** Whether a webhook or policy put the image there. */
    private static boolean isAdmitted(PodPull row) {
        return row.pod().origin(row.path()).source() == FieldSource.ADMISSION;
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
    private static List<EvidenceLine> evidence(List<PullCause> causes) {
        List<EvidenceLine> lines =
                causes.stream().map(PullRule::evidence).distinct().toList();
        List<EvidenceLine> shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN, lines.size())));
        if (lines.size() > SHOWN) {
            shown.add(EvidenceLine.words("and " + (lines.size() - SHOWN) + " more"));
        }
        return shown;
    }

    private static EvidenceLine evidence(PullCause cause) {
        PodPull row = cause.row();
        String container = (row.isLookUp() ? "the controller's look-up for container " : "container ")
                + row.container()
                + (isAdmitted(row) ? " (set by a webhook or policy of the cluster)" : "");
        return cause.seen(container);
    }

    /** With the cause that all failing pulls share, unless the check set one of its own. */
    private static Finding caused(Finding finding, List<PullCause> causes) {
        List<PullCause.Kind> kinds = causes.stream()
                .map(PullCause::kind)
                .filter(kind -> kind != PullCause.Kind.WORKS)
                .distinct()
                .toList();
        return kinds.size() == 1 && finding.cause().equals(finding.check()) ? finding.cause(kinds.get(0)) : finding;
    }

    /** {@code "a", "b" and "c"}, or "a" alone. */
    public static String images(Collection<PullCause> causes) {
        List<String> all = causes.stream()
                .map(cause -> cause.row().pull().image())
                .distinct()
                .toList();
        return Listing.of(all);
    }

    static List<PodPull> rows(List<PullCause> causes) {
        return causes.stream().map(PullCause::row).toList();
    }

    /** Which entry of which Secret. */
    public static String entry(PullCause cause) {
        return "Secret \"" + cause.secret() + "\" (key \"" + cause.key() + "\")";
    }

    /** The first of the images, for a title. */
    static String image(Collection<PullCause> causes) {
        return Title.image(causes.iterator().next().row().pull().image());
    }
}
