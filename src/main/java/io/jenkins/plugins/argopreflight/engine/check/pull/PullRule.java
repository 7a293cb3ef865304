package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.Assumption;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.location.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A check that reports some causes of failing pulls, with one finding for each object to fix. */
public abstract class PullRule extends Check {

    private static final int MAX_EVIDENCE_LINES = 5;

    private record Group(Subject object, Object key) {}

    private final Set<PullCause.Kind> kinds;

    /**
     * Creates a check.
     *
     * @param kinds the kinds of causes that it reports; empty if {@link #handles} is overridden
     */
    protected PullRule(CheckInfo info, PullCause.Kind... kinds) {
        super(info);
        this.kinds = Set.of(kinds);
    }

    /** Returns whether this check reports a cause. */
    protected boolean handles(Facts facts, PullCause cause) {
        return kinds.contains(cause.kind());
    }

    /** Returns whether this check reports causes that affect only the controller's look-up. */
    protected boolean isForLookUps() {
        return false;
    }

    /** Returns the object to fix. */
    protected abstract Subject subject(Facts facts, PullCause cause);

    /**
     * Returns the properties that the pulls of one finding have in common beside the object to fix. Pulls with the same
     * object and different keys are reported in different findings. A check overrides it if its sentence contains such
     * properties.
     */
    protected Object groupKey(PullCause cause) {
        return "";
    }

    /** Returns the finding about one object that all these pulls have in common. */
    protected abstract Finding finding(Facts facts, Subject subject, List<PullCause> causes);

    @Override
    public List<Finding> check(Facts facts) {
        Map<Group, List<PullCause>> byObject = new LinkedHashMap<>();
        causes(facts).stream()
                .filter(cause -> !cause.isSuppliedByTemplateCaller())
                .filter(cause -> (!cause.affectsOnlyLookUp() || isForLookUps()) && handles(facts, cause))
                .forEach(cause -> byObject.computeIfAbsent(
                                new Group(subject(facts, cause).container(""), groupKey(cause)),
                                one -> new ArrayList<>())
                        .add(cause));
        List<Finding> findings = new Findings();
        byObject.forEach((group, causes) -> findings.add(Assumption.noteUnreadSettings(
                facts,
                withSettingFixes(
                                facts,
                                withSharedCause(
                                        withUnreadFact(
                                                facts,
                                                finding(facts, withContainer(group.object(), causes), causes),
                                                causes.get(0)),
                                        causes),
                                causes)
                        .evidence(evidence(causes))
                        .ending(PodWithoutImage.ending(causes))
                        .on(causes.stream().map(cause -> cause.podPull().pod()).toList()))));
        return findings;
    }

    /** Returns the finding with the unread fact of the cluster, if this is why the result of the pull is not known. */
    private static Finding withUnreadFact(Facts facts, Finding finding, PullCause cause) {
        Optional<? extends Missing> unread =
                switch (cause.kind()) {
                    case ACCOUNT_UNKNOWN ->
                        // A name with a variable is unknown until the workflow runs, whatever the cluster answers.
                        cause.pull()
                                .accountExists()
                                .ifUnknown()
                                .filter(unknown ->
                                        !cause.pull().serviceAccount().contains("{{"))
                                .map(Missing.Unread::of);
                    case SECRET_UNKNOWN ->
                        cause.secretView()
                                .map(view -> new Missing.Unread(view.missingRight()
                                        .map(Right::namespace)
                                        .orElse("")));
                    case CONTROLLER_UNKNOWN ->
                        facts.controller()
                                .assumed()
                                .settings()
                                .unread()
                                .or(() -> cause.pull().unreadRight().map(Missing.Unread::of));
                    case EXECUTOR_UNKNOWN ->
                        facts.controller().assumed().executorImage().unread();
                    default -> Optional.empty();
                };
        return unread.<Finding>map(finding::because).orElse(finding);
    }

    /**
     * Returns the finding with a further fix, if the user did not write the container of the image. If a webhook or
     * policy set the image, cluster administrators correct it. If a setting of the controller sets the image, it
     * gets another image, unless the finding is unknown or already has a fix that patches the pod.
     */
    private static Finding withSettingFixes(Facts facts, Finding finding, List<PullCause> causes) {
        boolean isImageSetting = finding.subject()
                        .path()
                        .equals(ControllerPlaces.executorImage(facts).path())
                || finding.subject().path().equals(SettingFix.DRIVERS);
        boolean isComplete = finding.outcome() == Outcome.UNKNOWN || SettingFix.containsPodPatch(finding.fixes());
        List<String> admitted = causes.stream()
                .map(PullCause::podPull)
                .filter(PullRule::isAdmitted)
                .map(PodPull::container)
                .distinct()
                .toList();
        if (!admitted.isEmpty()) {
            return finding.fix(new AskPerson(
                    "cluster administrators",
                    "correct the webhook or policy that sets the image of " + SettingFix.list(admitted)
                            + " during admission"));
        }
        return !isImageSetting || isComplete
                ? finding
                : finding.fix(SettingFix.image(facts, podPulls(causes), Operand.placeholder("IMAGE")));
    }

    /** Returns whether a webhook or policy set the image. */
    private static boolean isAdmitted(PodPull podPull) {
        return podPull.pod().origin(podPull.path()).source() == FieldSource.ADMISSION;
    }

    @Override
    public boolean applies(Facts facts) {
        return !facts.pulls().isEmpty();
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return causes(facts).stream().anyMatch(PullCause::isUnchecked);
    }

    static List<PullCause> causes(Facts facts) {
        return PullCauses.all(facts);
    }

    private static Subject withContainer(Subject subject, List<PullCause> causes) {
        List<String> containers = causes.stream()
                .map(cause -> cause.podPull().container())
                .distinct()
                .toList();
        return containers.size() == 1 ? subject.container(containers.get(0)) : subject;
    }

    /** Returns the images with their containers and the answers of the registries, without duplicates. */
    private static List<EvidenceLine> evidence(List<PullCause> causes) {
        List<EvidenceLine> lines =
                causes.stream().map(PullRule::evidence).distinct().toList();
        List<EvidenceLine> limited = new ArrayList<>(lines.subList(0, Math.min(MAX_EVIDENCE_LINES, lines.size())));
        if (lines.size() > MAX_EVIDENCE_LINES) {
            limited.add(EvidenceLine.words("and " + (lines.size() - MAX_EVIDENCE_LINES) + " more"));
        }
        return limited;
    }

    private static EvidenceLine evidence(PullCause cause) {
        PodPull podPull = cause.podPull();
        String container = (podPull.isLookUp() ? "the controller's look-up for container " : "container ")
                + podPull.container()
                + (isAdmitted(podPull) ? " (set by a webhook or policy of the cluster)" : "");
        return cause.evidence(container);
    }

    /** Returns the finding with the cause that all failing pulls share, unless the check set another one. */
    private static Finding withSharedCause(Finding finding, List<PullCause> causes) {
        List<PullCause.Kind> kinds = causes.stream()
                .map(PullCause::kind)
                .filter(kind -> kind != PullCause.Kind.WORKS)
                .distinct()
                .toList();
        return kinds.size() == 1 && finding.cause().equals(finding.check()) ? finding.cause(kinds.get(0)) : finding;
    }

    /** Returns the names of the images as a list for a sentence. */
    public static String images(Collection<PullCause> causes) {
        List<String> names =
                causes.stream().map(cause -> cause.pull().image()).distinct().toList();
        return Listing.of(names);
    }

    static List<PodPull> podPulls(List<PullCause> causes) {
        return causes.stream().map(PullCause::podPull).toList();
    }

    /** Returns a Secret and its key for the registry for a sentence: {@code Secret "regcred" (key "ghcr.io")}. */
    public static String secretAndKey(PullCause cause) {
        return "Secret \"" + cause.secret() + "\" (key \"" + cause.key() + "\")";
    }

    /** Returns the first of the images, for a title. */
    static String image(Collection<PullCause> causes) {
        return Title.image(causes.iterator().next().pull().image());
    }
}
