package io.jenkins.plugins.argopreflight.engine.check.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Setting;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A check for settings that the controller cannot read: of a wrong type, invalid YAML, misspelt, or of a later version.
 * The controller reads its ConfigMap strictly and does not start with such a setting. Source: argo-workflows
 * config/{config,controller}.go.
 */
public final class ControllerSetting extends SettingCheck {

    /** The settings whose value is an object. */
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
    /** The settings whose value is not checked. */
    private static final Set<String> OTHERS = Set.of(
            "namespace",
            "instanceID",
            "initialDelay",
            "podGCDeleteDelayDuration",
            "navColor",
            "disableAgentPodCreation");

    /** The settings that were added after 3.4, with their version. */
    private static final Map<String, String> SINCE = Map.of(
            "columns", "3.4.7",
            "workflowEvents", "3.6",
            "synchronization", "3.7",
            "artifactDrivers", "4.0",
            "failedPodRestart", "4.0",
            "disableAgentPodCreation", "4.1",
            "initlessPod", "4.1");

    public ControllerSetting() {
        super(
                CheckInfo.error("controller-setting", "The controller cannot read one of its settings", Topic.WORKFLOW)
                        .needing(Need.SETTINGS),
                "the settings of the controller");
    }

    @Override
    Optional<Finding> finding(Facts facts, Setting setting) {
        return setting.chart() ? Optional.empty() : tooNew(facts, setting).or(() -> check(setting));
    }

    /** Returns a finding if a setting belongs to a later version than the running controller's. */
    private Optional<Finding> tooNew(Facts facts, Setting setting) {
        ArgoVersion version = facts.controller().version();
        return facts.isArgoVersionUnknown()
                ? Optional.empty()
                : Optional.ofNullable(SINCE.get(setting.name()))
                        .filter(version::isBefore)
                        .map(since -> finding(
                                setting,
                                "is new in Argo " + since + ", and this is " + version,
                                edit -> new AskPerson(
                                        edit, "delete the line " + setting.name() + ", or upgrade Argo")));
    }

    /** Returns all settings of 3.4 to 4.1 with the version that added them; "" for 3.4 and before. */
    static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        Stream.of(OBJECTS, LISTS, NUMBERS, OTHERS)
                .flatMap(Set::stream)
                .forEach(name -> settings.put(name, SINCE.getOrDefault(name, "")));
        return settings;
    }

    private Optional<Finding> check(Setting setting) {
        String name = setting.name();
        JsonNode value = setting.value();
        if (value.isMissingNode()) {
            return Optional.of(finding(setting, "is not valid YAML", fixWithValue(name, Yaml.of("KEY: VALUE"))));
        }
        if (value.isNull() || RemovedSetting.isRemoved(name) || OTHERS.contains(name)) {
            return Optional.empty();
        }
        if (OBJECTS.contains(name)) {
            return findWrongType(setting, value.isObject(), "an object", fixWithValue(name, Yaml.of("KEY: VALUE")));
        }
        if (LISTS.contains(name)) {
            return findWrongType(setting, value.isArray(), "a list", fixWithValue(name, Yaml.of("- VALUE")));
        }
        if (NUMBERS.contains(name)) {
            return findWrongType(
                    setting,
                    value.isIntegralNumber(),
                    "a number",
                    fixWithFields(Yaml.of("$name: \"10\"").with("name", name), ""));
        }
        Optional<String> suggestion = SimilarNames.to(name, settings().keySet());
        return Optional.of(finding(
                setting,
                "is not a setting of Argo",
                suggestion,
                suggestion
                        .map(each -> fixWithFields(Yaml.of("$name:").with("name", each), "instead of " + name))
                        .orElse(edit -> new AskPerson(
                                edit, "delete it, or see: docs/workflow-controller-configmap.md of argo-workflows"))));
    }

    private static Function<String, Fix> fixWithValue(String name, Yaml value) {
        return fixWithFields(Yaml.of("$name: $value").with("name", name).literal("value", value), "");
    }

    private static Function<String, Fix> fixWithFields(Yaml value, String note) {
        return edit -> ChangeField.to(value).because(edit).then(note);
    }

    private Optional<Finding> findWrongType(
            Setting setting, boolean isRightType, String type, Function<String, Fix> fix) {
        return isRightType ? Optional.empty() : Optional.of(finding(setting, "must be " + type, fix));
    }

    private Finding finding(Setting setting, String problem, Function<String, Fix> fix) {
        return finding(setting, problem, Optional.empty(), fix);
    }

    /**
     * Creates the finding.
     *
     * @param problem the rest of a sentence after the name of the setting
     * @param suggestion a similar name that Argo knows
     * @param fix creates the fix from the command that edits the ConfigMap
     */
    private Finding finding(Setting setting, String problem, Optional<String> suggestion, Function<String, Fix> fix) {
        String edit = Shell.inline(Command.kubectlIn(setting.namespace(), "edit", "configmap")
                .name("ConfigMap", setting.document().name()));
        String question = SimilarNames.question(suggestion);
        return Finding.fail(
                        info(),
                        Subject.of(setting.document(), setting.namespace(), setting.path()),
                        setting.name() + " of ConfigMap " + setting.document().name() + " " + problem
                                + (suggestion.isEmpty() ? "." : question)
                                + " The controller does not start with it, or keeps its previous settings.")
                .title("The controller cannot read its setting %s", setting.name())
                .evidence(EvidenceLine.words(setting.path() + " " + problem + question))
                .fix(fix.apply(edit));
    }
}
