package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What to set so that a policy lets Argo's own containers in. Policies say it in words of their own: a container is
 * meant when they name it, or its place; all are when they name none. The same goes for the field.
 */
final class PolicySettingFix {

    /** By what the policy speaks of; the values are those that policies usually want. */
    private static final Map<Pattern, Yaml> FIELDS = new LinkedHashMap<>();

    static {
        FIELDS.put(
                words("securityContext|runAs\\w*|non-?root|root user|privileged?|privilege"
                        + " escalation|allowPrivilege\\w*|capabilit\\w*|seccomp\\w*|readOnlyRootFilesystem"),
                Yaml.of("""
                        securityContext:
                          allowPrivilegeEscalation: false
                          capabilities: {drop: [ALL]}
                          runAsNonRoot: true
                          runAsUser: 8737
                          seccompProfile: {type: RuntimeDefault}
                        """));
        FIELDS.put(words("resources|limits|requests|cpu|memory"), Yaml.of("""
                        resources:
                          requests: {cpu: 100m, memory: 128Mi}
                          limits: {cpu: 100m, memory: 128Mi}
                        """));
        FIELDS.put(words("imagePullPolicy|pull policy"), Yaml.of("imagePullPolicy: Always"));
    }

    private PolicySettingFix() {}

    private static Pattern words(String any) {
        return Pattern.compile("(?i)\\b(" + any + ")\\b");
    }

    /** Nothing where the words speak of no field that there is a knob for, or of the user's containers only. */
    static List<Fix> of(Facts facts, WorkflowFacts workflow, ArgoPod pod, String words) {
        Optional<Yaml> field = FIELDS.entrySet().stream()
                .filter(each -> each.getKey().matcher(words).find())
                .map(Map.Entry::getValue)
                .findFirst();
        if (field.isEmpty()) {
            return List.of();
        }
        List<String> all = ArgoContainers.names(pod);
        List<String> named =
                all.stream().filter(name -> isNamed(pod, name, words)).toList();
        return SettingFix.of(
                facts, workflow, pod, ArgoContainers.own(facts, pod, named.isEmpty() ? all : named), field.get());
    }

    private static boolean isNamed(ArgoPod pod, String name, String words) {
        boolean quoted = Pattern.compile("[\"'`<\\[(]" + Pattern.quote(name) + "[\"'`>\\])]|\\bcontainers? "
                        + Pattern.quote(name) + "\\b")
                .matcher(words)
                .find();
        String list = ArgoContainers.path(pod, name).replaceAll("^spec\\.|\\[.*", "");
        int index = 0;
        while (index < pod.spec().path(list).size()
                && !pod.spec().path(list).path(index).path("name").asText("").equals(name)) {
            index++;
        }
        return quoted
                || Pattern.compile("\\b" + list + "(\\[|/|\\.)" + index + "\\b")
                        .matcher(words)
                        .find();
    }
}
