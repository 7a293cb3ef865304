package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for containers with runAsNonRoot that the kubelet does not start: their user is root, or the image has a
 * named user, which the kubelet cannot compare with root. Source: kubernetes
 * pkg/kubelet/kuberuntime/security_context.go (verifyRunAsNonRoot).
 */
public final class RunAsNonRoot extends ContainerCheck {

    private static final List<Fix> USER_FIXES = List.of(
            ChangeField.to(Yaml.of("""
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                """)).because("beside runAsNonRoot, in the container's securityContext:"),
            AskPerson.or("in the image's Dockerfile: USER 1000"));

    public RunAsNonRoot() {
        super(CheckInfo.error(
                        "run-as-non-root",
                        "A container must not run as root, and its image runs as root or as a named user",
                        Topic.IMAGES)
                .needing(Need.REGISTRIES)
                .ending(Ending.PENDING));
    }

    @Override
    public boolean applies(Facts facts) {
        return containers(facts).stream().anyMatch(RunAsNonRoot::canBeRefused);
    }

    /**
     * Returns whether the container can be refused: runAsNonRoot is true, and runAsUser is 0 or is not set, so that the
     * image determines the user.
     */
    private static boolean canBeRefused(CheckedContainer checked) {
        return field(checked, "runAsNonRoot").asBoolean()
                        && !field(checked, "runAsUser").isNumber()
                || field(checked, "runAsNonRoot").asBoolean()
                        && field(checked, "runAsUser").asLong(-1) == 0;
    }

    /** Returns a field of the container's securityContext, or of the pod's if the container does not set it. */
    private static JsonNode field(CheckedContainer checked, String name) {
        JsonNode containerField = checked.securityContext().path(name);
        return containerField.isMissingNode() || containerField.isNull()
                ? checked.pod().spec().path("securityContext").path(name)
                : containerField;
    }

    private static String settingPath(CheckedContainer checked, String name) {
        return checked.securityContext().hasNonNull(name)
                ? checked.path() + ".securityContext." + name
                : "spec.securityContext." + name;
    }

    @Override
    protected List<Finding> check(Facts facts, CheckedContainer checked) {
        if (!canBeRefused(checked) || isReportedWithInit(checked)) {
            return List.of();
        }
        Subject subject = Places.of(checked.workflow(), checked.pod(), settingPath(checked, "runAsNonRoot"))
                .container(checked.name());
        if (field(checked, "runAsUser").isNumber()) {
            return List.of(finding(checked, subject, "runs as UID 0 (" + settingPath(checked, "runAsUser") + ")"));
        }
        return config(checked)
                .fold(
                        config -> checkImage(checked, subject, config.user().replaceFirst(":.*", "")),
                        unknown -> List.of(unknown(checked, subject, unknown)));
    }

    private Finding unknown(CheckedContainer checked, Subject subject, Fact.Unknown<?> unknown) {
        return UnknownFindings.finding(
                info(),
                subject,
                "the user of the image of " + checked.description(),
                UnknownFindings.sentence(unknown));
    }

    /**
     * Returns a finding if the user of the image is root, or a name.
     *
     * @param user the user without a group; "" if the image sets none
     */
    private List<Finding> checkImage(CheckedContainer checked, Subject subject, String user) {
        if (user.isEmpty() || user.equals("0")) {
            return List.of(finding(checked, subject, "its image " + image(checked) + " runs as root"));
        }
        return user.matches("[0-9]+")
                ? List.of()
                : List.of(finding(
                        checked,
                        subject,
                        "its image " + image(checked) + " has USER " + user
                                + ", a name that the kubelet cannot compare with root"));
    }

    /**
     * Returns whether the finding about {@code init} covers the container: it is {@code wait}, which has the image and
     * settings of {@code init}.
     */
    private static boolean isReportedWithInit(CheckedContainer checked) {
        return checked.name().equals("wait")
                && Json.text(checked.pod().spec().path("initContainers").path(0), "name")
                        .equals("init");
    }

    private static String image(CheckedContainer checked) {
        return Json.text(checked.container(), "image");
    }

    private static Fact<ImageConfig> config(CheckedContainer checked) {
        return checked.facts().pulls().stream()
                .filter(pull -> pull.pod() == checked.pod() && pull.path().equals(checked.path() + ".image"))
                .map(row -> row.pull().config())
                .reduce((first, second) -> first.ifKnown().isPresent() ? first : second)
                .orElse(Fact.unknown("its registry was not contacted"));
    }

    private Finding finding(CheckedContainer checked, Subject subject, String problem) {
        boolean isArgo = isOfArgo(checked);
        return Finding.fail(
                        info(),
                        subject,
                        Title.capitalized(checked.description()) + " has runAsNonRoot: true and " + problem
                                + ". The kubelet does not start it (CreateContainerConfigError), and the workflow stays"
                                + " Running.")
                .title("Container %s must not run as root, but would", checked.name())
                .evidence(
                        EvidenceLine.field("runAsNonRoot", "true")
                                .from(checked.pod()
                                        .origin(settingPath(checked, "runAsNonRoot"))
                                        .toString()),
                        EvidenceLine.field("image", image(checked)))
                .fix(isArgo ? argoFixes(checked) : USER_FIXES);
    }

    private static boolean isOfArgo(CheckedContainer checked) {
        return ArgoContainers.writer(checked.facts(), checked.pod(), checked.name()) != ArgoContainers.Writer.USER;
    }

    /**
     * Returns the fixes for Argo's own containers: one for all containers of the same writer, such as init and wait.
     */
    private static List<Fix> argoFixes(CheckedContainer checked) {
        List<String> sameWriter = ArgoContainers.names(checked.pod()).stream()
                .filter(name -> ArgoContainers.writer(checked.facts(), checked.pod(), name)
                        == ArgoContainers.writer(checked.facts(), checked.pod(), checked.name()))
                .toList();
        // 8737 is the user of the image argoexec-nonroot.
        List<Fix> fixes = new ArrayList<>(
                SettingFix.of(checked.facts(), checked.workflow(), checked.pod(), sameWriter, Yaml.of("""
            securityContext:
              runAsUser: 8737
              runAsNonRoot: true
            """)));
        if (checked.pod().kind() == ArgoPod.Kind.WORKLOAD) {
            fixes.add(Places.inSpec(checked.workflow(), Yaml.of("""
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                """)).or("for the whole pod, in the workflow's spec:"));
        }
        return fixes;
    }
}
