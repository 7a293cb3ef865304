package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.Setting;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A check for settings that Argo has removed. The controller reads its ConfigMap strictly and does not start with such
 * a key. Source: argo-workflows config/{config,controller}.go of 3.0 to 4.1, docs/upgrading.md.
 */
public final class RemovedSetting extends SettingCheck {

    private record Removed(String until, Optional<String> executorField) {

        static Removed withExecutors() {
            return new Removed("3.4", Optional.empty());
        }

        static Removed replacedBy(String executorField) {
            return new Removed("3.3", Optional.of(executorField));
        }
    }

    private static final Map<String, Removed> REMOVED = Map.of(
            "containerRuntimeExecutor", Removed.withExecutors(),
            "containerRuntimeExecutors", Removed.withExecutors(),
            "dockerSockPath", Removed.withExecutors(),
            "kubeletPort", Removed.withExecutors(),
            "kubeletInsecure", Removed.withExecutors(),
            "executorImage", Removed.replacedBy("image"),
            "executorImagePullPolicy", Removed.replacedBy("imagePullPolicy"),
            "executorResources", Removed.replacedBy("resources"));

    public RemovedSetting() {
        super(
                CheckInfo.error(
                                "removed-setting",
                                "The controller has a setting that was removed from Argo",
                                Topic.WORKFLOW)
                        .needing(Need.SETTINGS),
                "whether the controller has a setting that was removed");
    }

    @Override
    Optional<Finding> finding(Facts facts, Setting setting) {
        return Optional.ofNullable(REMOVED.get(setting.name()))
                .filter(removed -> !facts.controller().version().isBefore(removed.until())
                        && !installsOlder(facts, removed.until()))
                .map(removed -> finding(setting, removed, facts));
    }

    /** Returns whether the given files install a controller that is older than a version. */
    private static boolean installsOlder(Facts facts, String version) {
        return facts.documents().stream()
                .flatMap(each -> ControllerFlags.version(each.root()).stream())
                .anyMatch(givenVersion -> givenVersion.isBefore(version));
    }

    /** Returns the first version without each setting. */
    static Map<String, String> firstVersionsWithout() {
        return REMOVED.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().until()));
    }

    /** Returns whether Argo has removed a setting. */
    static boolean isRemoved(String name) {
        return REMOVED.containsKey(name);
    }

    private Finding finding(Setting setting, Removed removed, Facts facts) {
        String description = setting.chart()
                ? "The chart's value " + setting.path() + " is a setting"
                : "ConfigMap " + setting.document().name() + " has " + setting.name() + ", a setting";
        Subject subject = Subject.of(setting.document(), setting.namespace(), setting.path());
        return Finding.fail(
                        info(),
                        setting.chart() ? valueSubject(subject) : subject,
                        description + " that was removed in Argo " + removed.until()
                                + (facts.isArgoVersionUnknown()
                                        ? ""
                                        : " (this is " + facts.controller().version() + ")")
                                + ". The controller does not start with it; "
                                + removed.executorField()
                                        .map(field -> "write executor." + field)
                                        .orElse("remove it: emissary is the only executor")
                                + ".")
                .title("Setting %s was removed in Argo %s", setting.name(), removed.until())
                .evidence(EvidenceLine.words("unknown field \"" + setting.name() + "\""))
                .fix(removed.executorField()
                        .<Fix>map(field -> ChangeField.to(Yaml.of("executor: $executor")
                                .literal("executor", Yaml.of("$field: VALUE").with("field", field))))
                        .orElseGet(() -> AskPerson.reader("delete the line " + setting.name() + " at "
                                + setting.document().locate(setting.path()))));
    }

    /** Returns the subject of a value in a file of Helm values, which is not a Kubernetes object. */
    private static Subject valueSubject(Subject subject) {
        return Subject.of("HelmValues", "", subject.file(), subject.path())
                .at(subject)
                .container(subject.container());
    }
}
