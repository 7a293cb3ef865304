package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * The kubelet starts no container with runAsNonRoot whose user is root, or whose image has a named user, which
 * it cannot compare with root. Source: kubernetes pkg/kubelet/kuberuntime/security_context.go (verifyRunAsNonRoot).
 */
public final class RunAsNonRoot extends ContainerCheck {

    private static final List<Fix> OF_USER = List.of(
            ChangeField.to(Yaml.of("""
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                """)).because("beside runAsNonRoot, in the container's securityContext:"),
            AskPerson.reader("or in the image's Dockerfile: USER 1000"));

    public RunAsNonRoot() {
        super(new CheckInfo(
                        "run-as-non-root",
                        "A container must not run as root, and its image runs as root or as a named user",
                        Severity.ERROR,
                        Topic.IMAGES)
                .needing(Need.REGISTRIES)
                .ending(Ending.PENDING));
    }

    @Override
    public boolean applies(Facts facts) {
        return each(facts).stream().anyMatch(RunAsNonRoot::isJudged);
    }

    /** Whether the image decides: runAsNonRoot holds and no one says which user it shall be. */
    private static boolean isJudged(At at) {
        return field(at, "runAsNonRoot").asBoolean() && !field(at, "runAsUser").isNumber()
                || field(at, "runAsNonRoot").asBoolean()
                        && field(at, "runAsUser").asLong(-1) == 0;
    }

    /** A container's own securityContext goes before the pod's. */
    private static JsonNode field(At at, String name) {
        JsonNode own = at.securityContext().path(name);
        return own.isMissingNode() || own.isNull()
                ? at.pod().spec().path("securityContext").path(name)
                : own;
    }

    private static String setBy(At at, String name) {
        return at.securityContext().hasNonNull(name)
                ? at.path() + ".securityContext." + name
                : "spec.securityContext." + name;
    }

    @Override
    List<Finding> check(At at) {
        if (!isJudged(at) || isReportedOfInit(at)) {
            return List.of();
        }
        Subject subject =
                Places.of(at.workflow(), at.pod(), setBy(at, "runAsNonRoot")).container(at.name());
        if (field(at, "runAsUser").isNumber()) {
            return List.of(finding(at, subject, "runs as UID 0 (" + setBy(at, "runAsUser") + ")"));
        }
        return config(at)
                .fold(
                        config -> ofImage(at, subject, config.user().replaceFirst(":.*", "")),
                        unknown -> List.of(Unsure.finding(
                                info(), subject, "the user of the image of " + at.description(), unknown)));
    }

    private List<Finding> ofImage(At at, Subject subject, String user) {
        if (user.isEmpty() || user.equals("0")) {
            return List.of(finding(at, subject, "its image " + image(at) + " runs as root"));
        }
        return user.matches("[0-9]+")
                ? List.of()
                : List.of(finding(
                        at,
                        subject,
                        "its image " + image(at) + " has USER " + user
                                + ", a name that the kubelet cannot compare with root"));
    }

    /** {@code wait} is what {@code init} is: the same image with the same settings. */
    private static boolean isReportedOfInit(At at) {
        return at.name().equals("wait")
                && at.pod()
                        .spec()
                        .path("initContainers")
                        .path(0)
                        .path("name")
                        .asText("")
                        .equals("init");
    }

    private static String image(At at) {
        return at.container().path("image").asText("");
    }

    private static Fact<ImageConfig> config(At at) {
        return at.facts().pulls().stream()
                .filter(pull -> pull.pod() == at.pod() && pull.path().equals(at.path() + ".image"))
                .map(row -> row.pull().details().config())
                .reduce((first, second) -> first.ifKnown().isPresent() ? first : second)
                .orElse(Fact.unknown("its registry was not contacted"));
    }

    private Finding finding(At at, Subject subject, String who) {
        boolean argos = isArgos(at);
        return Finding.fail(
                        info(),
                        subject,
                        Title.capital(at.description()) + " has runAsNonRoot: true and " + who
                                + ". The kubelet does not start it (CreateContainerConfigError), and the workflow stays"
                                + " Running.")
                .title("Container %s must not run as root, but would", at.name())
                .evidence(
                        EvidenceLine.field("runAsNonRoot", "true")
                                .from(at.pod().origin(setBy(at, "runAsNonRoot")).toString()),
                        EvidenceLine.field("image", image(at)))
                .fix(argos ? ofArgo(at) : OF_USER);
    }

    private static boolean isArgos(At at) {
        return ArgoContainers.writer(at.facts(), at.pod(), at.name()) != ArgoContainers.Writer.USER;
    }

    /** {@code wait} is what {@code init} is, and is fixed with it. */
    private static List<Fix> ofArgo(At at) {
        List<String> same = ArgoContainers.names(at.pod()).stream()
                .filter(name -> ArgoContainers.writer(at.facts(), at.pod(), name)
                        == ArgoContainers.writer(at.facts(), at.pod(), at.name()))
                .toList();
        List<Fix> fixes = new ArrayList<>(SettingFix.of(at.facts(), at.workflow(), at.pod(), same, Yaml.of("""
            securityContext:
              runAsUser: 8737
              runAsNonRoot: true
            """)));
        if (at.pod().kind() == ArgoPod.Kind.WORKLOAD) {
            fixes.add(Places.inSpec(at.workflow(), Yaml.of("""
                securityContext:
                  runAsNonRoot: true
                  runAsUser: 1000
                """))
                    .because("or for the whole pod, in the workflow's spec:"));
        }
        return fixes;
    }
}
