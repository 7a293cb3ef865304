package io.jenkins.plugins.argopreflight.engine.check.controller;

import io.jenkins.plugins.argopreflight.engine.argo.model.Setting;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import java.util.List;
import java.util.Optional;

/** A check of each of the controller's settings, in all sources of settings. */
abstract class SettingCheck extends Check {

    private final String question;

    /**
     * Creates a check.
     *
     * @param question the end of the sentence about unread settings, after "Could not check"
     */
    SettingCheck(CheckInfo info, String question) {
        super(info);
        this.question = question;
    }

    /** Returns the finding about a setting; empty if the setting has no problem. */
    abstract Optional<Finding> finding(Facts facts, Setting setting);

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        Subject subject = Subject.of("ConfigMap", facts.argoNamespace(), "workflow-controller-configmap", "data");
        facts.controllerSettings()
                .ifUnknown()
                .filter(unknown -> !ControllerSettings.areGiven(facts))
                .ifPresent(unknown -> findings.add(UnknownFindings.finding(info(), subject, question, unknown)));
        ControllerSettings.of(facts).forEach(setting -> finding(facts, setting).ifPresent(findings::add));
        return findings;
    }
}
