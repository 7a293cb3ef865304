package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A check for memory limits that are too small to start a container, such as {@code 128m}, which is 0.128 bytes, or too
 * small for Argo's executor, a program of about 110 MB that starts the command of each container. Sources: the
 * runtime's "unable to set memory limit", and measurements with Argo 4.0.5 (containerd 2.1, cgroup v1). With 16Mi each
 * container was OOMKilled, with 17Mi three of six containers, with 24Mi one of eight. If all containers of a pod have
 * limits, the kubelet also limits the pod. With 96Mi or less for the pod, {@code echo} ran for minutes, because the
 * program was read from the disk again and again. With 128Mi {@code echo} ended.
 */
public final class MemoryTooSmall extends ContainerCheck {

    private static final String MEMORY = "memory";
    private static final String USUAL_LIMIT = Amounts.usual(MEMORY);

    private static final Quantity MIN_LIMIT = Quantity.of(1L << 20);
    /** The largest limit with which each container with Argo's executor was killed. */
    private static final Quantity MAX_KILLED_LIMIT = Quantity.of(16L << 20);
    /** The largest limit with which some containers with Argo's executor were killed. */
    private static final Quantity MAX_UNSAFE_LIMIT = Quantity.of(24L << 20);

    private static final Quantity MIN_POD_LIMIT = Quantity.of(128L << 20);
    /** The limit from which on no finding is possible: more than twice {@link #MAX_UNSAFE_LIMIT}. */
    private static final Quantity MIN_SAFE_LIMIT = Quantity.of(64L << 20);

    public MemoryTooSmall() {
        super(CheckInfo.error(
                        "memory-too-small",
                        "A container's memory limit is too small for any process, or for Argo's executor",
                        Topic.WORKFLOW)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    Yaml fieldToSet() {
        return Amounts.resources(Map.of("limits", Map.of(MEMORY, USUAL_LIMIT)));
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        Quantity limit = limit(checked.container()).orElse(MIN_SAFE_LIMIT);
        if (limit.compareTo(MIN_LIMIT) < 0) {
            boolean hasMilliSuffix = text(checked).endsWith("m");
            return List.of(fail(
                    checked,
                    (hasMilliSuffix ? ", and the suffix m means thousandths of a byte" : "")
                            + ". The container cannot start, and the node ends in Error."));
        }
        if (!runsExecutor(checked) || limit.compareTo(MIN_SAFE_LIMIT) >= 0) {
            return List.of();
        }
        if (limit.compareTo(MAX_KILLED_LIMIT) <= 0) {
            return List.of(
                    fail(checked, ", and Argo's executor, which starts in it, needs more. The container is OOMKilled.")
                            .ending(isOfArgo(checked) ? Ending.ERROR : Ending.FAILED));
        }
        if (isPodTooSmall(checked.pod().spec())) {
            return List.of(warn(
                    checked,
                    ", all containers of the pod are limited, and Argo's executor has no place in it."
                            + " The node can stay in Running for minutes or forever."));
        }
        return limit.compareTo(MAX_UNSAFE_LIMIT) <= 0
                ? List.of(warn(
                        checked,
                        ", and Argo's executor, which starts in it, can need more. The container can be OOMKilled."))
                : List.of();
    }

    /**
     * Returns whether the limit of the whole pod is too small. The kubelet limits the pod if each of its containers has
     * a limit.
     */
    private static boolean isPodTooSmall(JsonNode spec) {
        boolean isLimited = limit(spec).isPresent()
                || Stream.of("initContainers", "containers")
                        .flatMap(list -> spec.path(list).valueStream())
                        .allMatch(container -> limit(container).isPresent());
        return isLimited
                && PodResources.limited(spec)
                        .get(MEMORY)
                        .filter(all -> all.compareTo(MIN_POD_LIMIT) < 0)
                        .isPresent();
    }

    private Finding fail(CheckedContainer checked, String consequence) {
        return withFix(checked, Finding.fail(info(), subject(checked), sentence(checked) + consequence));
    }

    private Finding warn(CheckedContainer checked, String consequence) {
        return withFix(checked, Finding.warn(info(), subject(checked), sentence(checked) + consequence));
    }

    /**
     * Returns the finding with a fix. If a LimitRange or webhook set the limit, the fix adds a limit to the container.
     * A container of Argo gets this limit from {@link #fieldToSet}, in the setting for Argo's containers.
     */
    private static Finding withFix(CheckedContainer checked, Finding finding) {
        Finding titled = finding.title("Memory limit %s is too small", text(checked))
                .evidence(EvidenceLine.field("resources.limits.memory", text(checked)));
        ChangeField change =
                ChangeField.to(Amounts.resources(Map.of("limits", Map.of(MEMORY, sufficientLimit(checked)))));
        if (checked.pod().origin(path(checked)).source() != FieldSource.ADMISSION) {
            return titled.fix(change);
        }
        Finding changed = isOfArgo(checked)
                ? titled
                : titled.fix(change.because("in the container, since a LimitRange or webhook gives the limit:"));
        return changed.fix(Amounts.limitRanges(checked.workflow().namespace())
                .because("a LimitRange whose max is lower has to be raised first:"));
    }

    /**
     * Returns the limit to set: the limit that the user probably meant, such as {@code 512Mi} for {@code 512m}, if it
     * is sufficient, or else the usual one.
     */
    private static String sufficientLimit(CheckedContainer checked) {
        String meant = text(checked).replaceFirst("m$", "Mi");
        return !isOfArgo(checked)
                        && Quantity.read(meant)
                                .filter(amount -> amount.compareTo(MIN_POD_LIMIT) >= 0)
                                .isPresent()
                ? meant
                : USUAL_LIMIT;
    }

    private static boolean isOfArgo(CheckedContainer checked) {
        ArgoContainers.Writer writer = ArgoContainers.writer(checked.facts(), checked.pod(), checked.name());
        return writer != ArgoContainers.Writer.USER && writer != ArgoContainers.Writer.ADMISSION;
    }

    private static String sentence(CheckedContainer checked) {
        return "The memory limit of " + checked.description() + " is " + text(checked);
    }

    private static Subject subject(CheckedContainer checked) {
        return Places.of(checked.workflow(), checked.pod(), path(checked));
    }

    private static String path(CheckedContainer checked) {
        return checked.path() + ".resources.limits.memory";
    }

    private static String text(CheckedContainer checked) {
        return Json.text(checked.container(), "resources", "limits", MEMORY);
    }

    /** Returns the limit of a container, or of a pod as a whole. */
    private static Optional<Quantity> limit(JsonNode owner) {
        return Quantity.read(Json.text(owner, "resources", "limits", MEMORY)).filter(limit -> limit.signum() > 0);
    }

    /**
     * Returns whether the container starts Argo's executor and a node fails when the container is killed. The agent and
     * sidecars are left out: no node ends when they are killed.
     */
    private static boolean runsExecutor(CheckedContainer checked) {
        String program = Json.text(checked.container().path("command").path(0));
        return checked.pod().kind() == ArgoPod.Kind.WORKLOAD
                && (program.equals("argoexec") || program.endsWith("/argoexec"))
                && !checked.isSidecar();
    }
}
