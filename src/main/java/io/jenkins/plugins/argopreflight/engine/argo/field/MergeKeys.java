package io.jenkins.plugins.argopreflight.engine.argo.field;

import java.util.HashMap;
import java.util.Map;

/**
 * The fields by which the elements of lists are merged, as the types of Kubernetes and Argo declare them
 * (patchMergeKey). A list that is not in the table is replaced as a whole.
 */
final class MergeKeys {

    /**
     * A field that is merged.
     *
     * @param key the merge key, "" for a field that is an object
     * @param type type of the object or of the elements
     */
    private record Field(String key, String type) {}

    /**
     * Lines of a type with its merged fields: {@code FIELD=KEY} for a list, {@code FIELD=KEY:TYPE} for a list whose
     * elements have merged fields, {@code FIELD=:TYPE} for an object.
     */
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

    /** Returns the merge key of a list field, "" if the list is replaced. */
    static String keyOf(String type, String field) {
        Field known = FIELDS.getOrDefault(type, Map.of()).get(field);
        return known == null ? "" : known.key();
    }

    /** Returns the type of a field's object or elements, "" if no list in it is merged by key. */
    static String typeOf(String type, String field) {
        Field known = FIELDS.getOrDefault(type, Map.of()).get(field);
        return known == null ? "" : known.type();
    }

    private static Map<String, Map<String, Field>> parse() {
        Map<String, Map<String, Field>> types = new HashMap<>();
        for (String line : TYPES.strip().split("\n")) {
            String[] typeAndFields = line.split(" ");
            Map<String, Field> fields = types.computeIfAbsent(typeAndFields[0], type -> new HashMap<>());
            for (int i = 1; i < typeAndFields.length; i++) {
                String[] parts = typeAndFields[i].split("[=:]", -1);
                fields.put(parts[0], new Field(parts[1], parts.length > 2 ? parts[2] : ""));
            }
        }
        return types;
    }
}
