package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A limit of memory that no container can start with, mostly {@code 128m}, which is 0.128 bytes; or one with which Argo's
 * executor, which runs each command of a workflow, is killed or hangs. Sources: runc refuses less than 1 MiB ("unable to set
 * memory limit"); argoproj/argo-workflows issues 8456 (a workflow hangs with 30Mi) and 11223 (init is killed with 64Mi); and
 * Argo 4.0.5 measured: with 16Mi each pod was OOMKilled, with 20Mi to 48Mi for all its containers {@code echo} did not end
 * within minutes, since the program's pages are read from the disk again and again, with 64Mi it ended.
 */
public final class MemoryTooSmall extends ContainerCheck {

    private static final CheckInfo INFO = new CheckInfo(
                    "memory-too-small",
                    "A container's memory limit is too small for any process, or for Argo's executor",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .also(Outcome.WARN);

    private static final String USUAL = Amounts.usual("memory");

    private static final Quantity LEAST = Quantity.of(1L << 20);
    private static final Quantity EXECUTOR_KILLED = Quantity.of(16L << 20);
    private static final Quantity EXECUTOR_ENOUGH = Quantity.of(64L << 20);

    private static final String THOUSANDTHS = ", and the suffix m means thousandths of a byte";
    private static final String NO_START = ". The container cannot start, and the node ends in Error.";
    private static final String KILLED =
            ", and Argo's executor, which runs in it, needs more. The node ends with OOMKilled.";
    private static final String CAN_HANG = ", and Argo's executor runs in it."
            + " Since all containers of the pod are limited, it can hang in Running, or end with OOMKilled.";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    Yaml setting() {
        return Amounts.resources(Map.of("limits", Map.of("memory", USUAL)));
    }

    @Override
    List<Finding> check(At at) {
        Quantity limit = limit(at.container()).orElse(EXECUTOR_ENOUGH);
        if (limit.compareTo(LEAST) < 0) {
            return List.of(withoutStart(at));
        }
        if (!runsExecutor(at.container()) || limit.compareTo(EXECUTOR_ENOUGH) >= 0) {
            return List.of();
        }
        if (limit.compareTo(EXECUTOR_KILLED) <= 0) {
            return List.of(fixed(at, USUAL, Finding.fail(INFO, place(at), said(at, KILLED))));
        }
        boolean limited = Stream.of("initContainers", "containers")
                .flatMap(list -> at.pod().spec().path(list).valueStream())
                .allMatch(container -> limit(container).isPresent());
        return limited ? List.of(fixed(at, USUAL, Finding.warn(INFO, place(at), said(at, CAN_HANG)))) : List.of();
    }

    private static Finding withoutStart(At at) {
        String text = text(at);
        boolean milli = text.endsWith("m");
        String enough = milli ? text.substring(0, text.length() - 1) + "Mi" : "64Mi";
        return fixed(at, enough, Finding.fail(INFO, place(at), said(at, (milli ? THOUSANDTHS : "") + NO_START)));
    }

    /** With the fix of who wrote the limit; that of Argo's own containers, where a LimitRange did, is a setting. */
    private static Finding fixed(At at, String enough, Finding finding) {
        Finding shown = finding.title("Memory limit %s is too small", text(at))
                .evidence(EvidenceLine.field("resources.limits.memory", text(at)));
        ChangeField change = ChangeField.to(Amounts.resources(Map.of("limits", Map.of("memory", enough))));
        if (at.pod().origin(path(at)).source() != FieldSource.ADMISSION) {
            return shown.fix(change);
        }
        boolean own = ArgoContainers.writer(at.facts(), at.pod(), at.name()) != ArgoContainers.Writer.USER;
        Finding mended = own
                ? shown
                : shown.fix(change.because("in the container, since a LimitRange or webhook gives the limit:"));
        return mended.fix(RunCommands.of(Command.kubectl("get", "limitrange")
                        .namespace(at.workflow().namespace())
                        .with("-o", "yaml"))
                .because("a LimitRange whose max is lower has to be raised first:"));
    }

    private static String said(At at, String consequence) {
        return "The memory limit of " + at.description() + " is " + text(at) + consequence;
    }

    private static Subject place(At at) {
        return Places.of(at.workflow(), at.pod(), path(at));
    }

    private static String path(At at) {
        return at.path() + ".resources.limits.memory";
    }

    private static String text(At at) {
        return at.container().path("resources").path("limits").path("memory").asText();
    }

    private static Optional<Quantity> limit(JsonNode container) {
        return Quantity.read(container
                        .path("resources")
                        .path("limits")
                        .path("memory")
                        .asText(""))
                .filter(limit -> limit.signum() > 0);
    }

    private static boolean runsExecutor(JsonNode container) {
        String program = container.path("command").path(0).asText();
        return program.equals("argoexec") || program.endsWith("/argoexec");
    }
}
