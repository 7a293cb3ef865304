package io.jenkins.plugins.argopreflight.engine.check.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.controller.ControllerSettings.Setting;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A setting that the controller cannot read: of a wrong type, no YAML, misspelt, or of a later version. It reads its ConfigMap strictly and
 * does not start with it. Source: argo-workflows config/{config,controller}.go.
 */
public final class ControllerSetting extends SettingCheck {

    private static final Set<String> OBJECTS = Set.of(
            "nodeEvents",
            "executor",
            "mainContainer",
            "kubeConfig",
            "artifactRepository",
            "metricsConfig",
            "telemetryConfig",
            "persistence",
            "workflowDefaults",
            "workflowRestrictions",
            "resourceRateLimit",
            "images",
            "retentionPolicy",
            "sso",
            "workflowEvents",
            "synchronization",
            "failedPodRestart",
            "podSpecLogStrategy",
            "initlessPod");
    private static final Set<String> LISTS = Set.of("links", "columns", "artifactDrivers");
    private static final Set<String> NUMBERS = Set.of("parallelism", "namespaceParallelism", "podGCGracePeriodSeconds");
    private static final Set<String> OTHERS = Set.of(
            "namespace",
            "instanceID",
            "initialDelay",
            "podGCDeleteDelayDuration",
            "navColor",
            "disableAgentPodCreation");

    /** Those that came after 3.4. */
    private static final Map<String, String> SINCE = Map.of(
            "columns", "3.4.7",
            "workflowEvents", "3.6",
            "synchronization", "3.7",
            "artifactDrivers", "4.0",
            "failedPodRestart", "4.0",
            "disableAgentPodCreation", "4.1",
            "initlessPod", "4.1");

    private static final CheckInfo INFO = info("controller-setting", "The controller cannot read one of its settings");

    public ControllerSetting() {
        super(INFO, "the settings of the controller");
    }

    @Override
    Optional<Finding> finding(Facts facts, Setting setting) {
        return setting.chart() ? Optional.empty() : early(facts, setting).or(() -> check(setting));
    }

    /** A setting of a later version than the one that runs. */
    private static Optional<Finding> early(Facts facts, Setting setting) {
        ArgoVersion version = facts.controller().version();
        return facts.isArgoVersionAssumed()
                ? Optional.empty()
                : Optional.ofNullable(SINCE.get(setting.name()))
                        .filter(version::isBefore)
                        .map(since -> finding(
                                setting,
                                "is new in Argo " + since + ", and this is " + version,
                                edit -> new AskPerson(
                                        edit, "delete the line " + setting.name() + ", or upgrade Argo")));
    }

    /** Every setting of 3.4 to 4.1, with the version that it came with; "" for 3.4 and before. */
    static Map<String, String> known() {
        Map<String, String> known = new TreeMap<>();
        Stream.of(OBJECTS, LISTS, NUMBERS, OTHERS)
                .flatMap(Set::stream)
                .forEach(name -> known.put(name, SINCE.getOrDefault(name, "")));
        return known;
    }

    private static Optional<Finding> check(Setting setting) {
        String name = setting.name();
        JsonNode value = setting.value();
        if (value.isMissingNode()) {
            return Optional.of(finding(setting, "is not valid YAML", set(name, Yaml.of("KEY: VALUE"))));
        }
        if (value.isNull() || RemovedSetting.isKnown(name) || OTHERS.contains(name)) {
            return Optional.empty();
        }
        if (OBJECTS.contains(name)) {
            return wrong(setting, value.isObject(), "an object", set(name, Yaml.of("KEY: VALUE")));
        }
        if (LISTS.contains(name)) {
            return wrong(setting, value.isArray(), "a list", set(name, Yaml.of("- VALUE")));
        }
        if (NUMBERS.contains(name)) {
            return wrong(
                    setting,
                    value.isIntegralNumber(),
                    "a number",
                    at(Yaml.of("$name: \"10\"").with("name", name), ""));
        }
        Optional<String> near = Nearest.to(name, known().keySet());
        return Optional.of(finding(
                setting,
                "is not a setting of Argo"
                        + near.map(each -> "; did you mean " + each + "?").orElse(""),
                near.map(each -> at(Yaml.of("$name:").with("name", each), "instead of " + name))
                        .orElse(edit -> new AskPerson(
                                edit, "delete it, or see: docs/workflow-controller-configmap.md of argo-workflows"))));
    }

    private static Function<String, Fix> set(String name, Yaml value) {
        return at(Yaml.of("$name: $value").with("name", name).literal("value", value), "");
    }

    private static Function<String, Fix> at(Yaml value, String after) {
        return edit -> ChangeField.to(value).because(edit).then(after);
    }

    private static Optional<Finding> wrong(Setting setting, boolean fits, String wanted, Function<String, Fix> fix) {
        return fits ? Optional.empty() : Optional.of(finding(setting, "must be " + wanted, fix));
    }

    private static Finding finding(Setting setting, String what, Function<String, Fix> fix) {
        String edit = Shell.inline(Command.kubectlIn(setting.namespace(), "edit", "configmap")
                .name("ConfigMap", setting.document().name()));
        String message = setting.name() + " of ConfigMap " + setting.document().name() + " " + what;
        return Finding.fail(
                        INFO,
                        Subject.of(setting.document(), setting.namespace(), setting.path()),
                        message + (message.endsWith("?") ? " " : ". ")
                                + "The controller does not start with it, or keeps its previous settings.")
                .title("The controller cannot read its setting %s", setting.name())
                .evidence(EvidenceLine.words(setting.path() + " " + what))
                .fix(fix.apply(edit));
    }
}
