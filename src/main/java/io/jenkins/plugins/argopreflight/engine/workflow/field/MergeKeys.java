package io.jenkins.plugins.argopreflight.engine.workflow.field;

import java.util.HashMap;
import java.util.Map;

/**
 * By which field the elements of a list are merged, as Kubernetes' and Argo's types declare it (patchMergeKey). A list
 * that is not named here is replaced as a whole.
 */
final class MergeKeys {

    /** @param key the merge key, "" for a field that is an object; @param type of the object or the elements */
    private record Field(String key, String type) {}

    private static final String TYPES = """
        Pod spec=:PodSpec
        Job spec=:PodOwner
        Deployment spec=:PodOwner
        StatefulSet spec=:PodOwner
        DaemonSet spec=:PodOwner
        ReplicaSet spec=:PodOwner
        PodOwner template=:Pod
        CronJob spec=:CronJobSpec
        CronJobSpec jobTemplate=:Job
        Service spec=:ServiceSpec
        ServiceSpec ports=port
        ServiceAccount secrets=name
        PodSpec volumes=name initContainers=name:Container containers=name:Container
        PodSpec ephemeralContainers=name:Container imagePullSecrets=name hostAliases=ip
        PodSpec topologySpreadConstraints=topologyKey resourceClaims=name schedulingGates=name
        Container ports=containerPort env=name volumeMounts=mountPath volumeDevices=devicePath
        Workflow spec=:WorkflowSpec
        WorkflowSpec templates=name:Template volumes=name tolerations=key imagePullSecrets=name
        WorkflowSpec hostAliases=ip arguments=:Parameters templateDefaults=:Template
        Template volumes=name initContainers=name:Container sidecars=name:Container tolerations=key
        Template hostAliases=ip inputs=:Parameters outputs=:Parameters
        Template container=:Container script=:Container dag=:Dag
        Dag tasks=name
        Parameters parameters=name artifacts=name
        """;
    private static final Map<String, Map<String, Field>> FIELDS = parse();

    private MergeKeys() {}

    /** The merge key of a list field, "" when the list is replaced. */
    static String of(String type, String field) {
        Field known = FIELDS.getOrDefault(type, Map.of()).get(field);
        return known == null ? "" : known.key();
    }

    /** The type below a field, "" when nothing below it is merged by key. */
    static String typeOf(String type, String field) {
        Field known = FIELDS.getOrDefault(type, Map.of()).get(field);
        return known == null ? "" : known.type();
    }

    private static Map<String, Map<String, Field>> parse() {
        Map<String, Map<String, Field>> types = new HashMap<>();
        for (String line : TYPES.strip().split("\n")) {
            String[] words = line.split(" ");
            Map<String, Field> fields = types.computeIfAbsent(words[0], type -> new HashMap<>());
            for (int i = 1; i < words.length; i++) {
                String[] field = words[i].split("[=:]", -1);
                fields.put(field[0], new Field(field[1], field.length > 2 ? field[2] : ""));
            }
        }
        return types;
    }
}
