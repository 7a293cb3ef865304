package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A limit of memory that no container can start with, mostly {@code 128m}, which is 0.128 bytes; or one in which Argo's
 * executor, a program of about 110 MB that starts the command of each container, has no place. Sources: the runtime's
 * "unable to set memory limit"; and measured with Argo 4.0.5 (containerd 2.1, cgroup v1): a container with 16Mi is
 * OOMKilled, with 17Mi three of six, with 24Mi one of eight; in a pod of which all containers are limited, to 96Mi
 * together or less, {@code echo} ran for minutes, since the kubelet then limits the pod and the program is read from the
 * disk again and again; with 128Mi it ended.
 */
public final class MemoryTooSmall extends ContainerCheck {

    private static final String MEMORY = "memory";
    private static final String USUAL = Amounts.usual(MEMORY);

    private static final Quantity LEAST = Quantity.of(1L << 20);
    private static final Quantity KILLED = Quantity.of(16L << 20);
    private static final Quantity CAN_BE_KILLED = Quantity.of(24L << 20);
    private static final Quantity POD_ENOUGH = Quantity.of(128L << 20);
    private static final Quantity SHARE = Quantity.of(64L << 20);

    public MemoryTooSmall() {
        super(info(
                        "memory-too-small",
                        "A container's memory limit is too small for any process, or for Argo's executor")
                .also(Outcome.WARN));
    }

    @Override
    Yaml setting() {
        return Amounts.resources(Map.of("limits", Map.of(MEMORY, USUAL)));
    }

    @Override
    List<Finding> check(At at) {
        Quantity limit = limit(at.container()).orElse(SHARE);
        if (limit.compareTo(LEAST) < 0) {
            boolean milli = text(at).endsWith("m");
            return List.of(fail(
                    at,
                    (milli ? ", and the suffix m means thousandths of a byte" : "")
                            + ". The container cannot start, and the node ends in Error."));
        }
        if (!runsExecutor(at) || limit.compareTo(SHARE) >= 0) {
            return List.of();
        }
        if (limit.compareTo(KILLED) <= 0) {
            return List.of(
                    fail(at, ", and Argo's executor, which starts in it, needs more. The container is OOMKilled.")
                            .ending(isArgos(at) ? Ending.ERROR : Ending.FAILED));
        }
        if (isPodTooSmall(at.pod().spec())) {
            return List.of(warn(
                    at,
                    ", all containers of the pod are limited, and Argo's executor has no place in it."
                            + " The node can stay in Running for minutes or forever."));
        }
        return limit.compareTo(CAN_BE_KILLED) <= 0
                ? List.of(warn(
                        at,
                        ", and Argo's executor, which starts in it, can need more. The container can be OOMKilled."))
                : List.of();
    }

    /** The kubelet limits the whole pod where each of its containers has a limit. */
    private static boolean isPodTooSmall(JsonNode spec) {
        boolean limited = limit(spec).isPresent()
                || Stream.of("initContainers", "containers")
                        .flatMap(list -> spec.path(list).valueStream())
                        .allMatch(container -> limit(container).isPresent());
        return limited
                && PodResources.limited(spec)
                        .get(MEMORY)
                        .filter(all -> all.compareTo(POD_ENOUGH) < 0)
                        .isPresent();
    }

    private Finding fail(At at, String consequence) {
        return fixed(at, Finding.fail(info(), place(at), said(at) + consequence));
    }

    private Finding warn(At at, String consequence) {
        return fixed(at, Finding.warn(info(), place(at), said(at) + consequence));
    }

    /** With the fix of who wrote the limit; that of Argo's own containers, where a LimitRange did, is a setting. */
    private static Finding fixed(At at, Finding finding) {
        Finding shown = finding.title("Memory limit %s is too small", text(at))
                .evidence(EvidenceLine.field("resources.limits.memory", text(at)));
        ChangeField change = ChangeField.to(Amounts.resources(Map.of("limits", Map.of(MEMORY, enough(at)))));
        if (at.pod().origin(path(at)).source() != FieldSource.ADMISSION) {
            return shown.fix(change);
        }
        Finding changed = isArgos(at)
                ? shown
                : shown.fix(change.because("in the container, since a LimitRange or webhook gives the limit:"));
        return changed.fix(Amounts.limitRanges(at.workflow().namespace())
                .because("a LimitRange whose max is lower has to be raised first:"));
    }

    /** What {@code 512m} was meant to be, where that is enough. */
    private static String enough(At at) {
        String meant = text(at).replaceFirst("m$", "Mi");
        return !isArgos(at)
                        && Quantity.read(meant)
                                .filter(amount -> amount.compareTo(POD_ENOUGH) >= 0)
                                .isPresent()
                ? meant
                : USUAL;
    }

    private static boolean isArgos(At at) {
        ArgoContainers.Writer writer = ArgoContainers.writer(at.facts(), at.pod(), at.name());
        return writer != ArgoContainers.Writer.USER && writer != ArgoContainers.Writer.ADMISSION;
    }

    private static String said(At at) {
        return "The memory limit of " + at.description() + " is " + text(at);
    }

    private static Subject place(At at) {
        return Places.of(at.workflow(), at.pod(), path(at));
    }

    private static String path(At at) {
        return at.path() + ".resources.limits.memory";
    }

    private static String text(At at) {
        return at.container().path("resources").path("limits").path(MEMORY).asText("");
    }

    /** Of a container, or of a pod as a whole. */
    private static Optional<Quantity> limit(JsonNode owner) {
        return Quantity.read(owner.path("resources").path("limits").path(MEMORY).asText(""))
                .filter(limit -> limit.signum() > 0);
    }

    /** That the agent or a sidecar is killed ends no node; those are not judged. */
    private static boolean runsExecutor(At at) {
        String program = at.container().path("command").path(0).asText("");
        return at.pod().kind() == ArgoPod.Kind.WORKLOAD
                && (program.equals("argoexec") || program.endsWith("/argoexec"))
                && !at.isSidecar();
    }
}
