package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Creates the fixes with which a policy accepts Argo's own containers. Policies have messages of their own: containers
 * are fixed if the message contains their name or index, and all if it contains none. The field to fix is determined in
 * the same way.
 */
final class PolicySettingFix {

    /** The fixes by a pattern of the message. Their values are those that policies usually require. */
    private static final Map<Pattern, Yaml> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put(
                wordPattern("securityContext|runAs\\w*|non-?root|root user|privileged?|privilege"
                        + " escalation|allowPrivilege\\w*|capabilit\\w*|seccomp\\w*|readOnlyRootFilesystem"),
                Yaml.of("""
                        securityContext:
                          allowPrivilegeEscalation: false
                          capabilities: {drop: [ALL]}
                          runAsNonRoot: true
                          runAsUser: 8737
                          seccompProfile: {type: RuntimeDefault}
                        """));
        FIELDS.put(wordPattern("resources|limits|requests|cpu|memory"), Yaml.of("""
                        resources:
                          requests: {cpu: 100m, memory: 128Mi}
                          limits: {cpu: 100m, memory: 128Mi}
                        """));
        FIELDS.put(wordPattern("imagePullPolicy|pull policy"), Yaml.of("imagePullPolicy: Always"));
    }

    private PolicySettingFix() {}

    private static Pattern wordPattern(String alternatives) {
        return Pattern.compile("(?i)\\b(" + alternatives + ")\\b");
    }

    /**
     * Returns the fixes, or none if the message contains no field that has a setting, or only containers of the user.
     */
    static List<Fix> of(Facts facts, WorkflowFacts workflow, ArgoPod pod, String message) {
        Optional<Yaml> field = FIELDS.entrySet().stream()
                .filter(each -> each.getKey().matcher(message).find())
                .map(Map.Entry::getValue)
                .findFirst();
        if (field.isEmpty()) {
            return List.of();
        }
        List<String> names = ArgoContainers.names(pod);
        List<String> reported =
                names.stream().filter(name -> isReported(pod, name, message)).toList();
        return SettingFix.of(
                facts,
                workflow,
                pod,
                ArgoContainers.notWrittenByUser(facts, pod, reported.isEmpty() ? names : reported),
                field.get());
    }

    private static boolean isReported(ArgoPod pod, String name, String message) {
        boolean isQuoted = Pattern.compile("[\"'`<\\[(]" + Pattern.quote(name) + "[\"'`>\\])]|\\bcontainers? "
                        + Pattern.quote(name) + "\\b")
                .matcher(message)
                .find();
        String list = ArgoContainers.holder(pod, name).orElseThrow().kind().list();
        int index = 0;
        while (index < pod.spec().path(list).size()
                && !Json.text(pod.spec().path(list).path(index), "name").equals(name)) {
            index++;
        }
        return isQuoted
                || Pattern.compile("\\b" + list + "(\\[|/|\\.)" + index + "\\b")
                        .matcher(message)
                        .find();
    }
}
