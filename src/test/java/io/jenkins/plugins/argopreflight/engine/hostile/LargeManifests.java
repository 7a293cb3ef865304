package io.jenkins.plugins.argopreflight.engine.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Manifests that are large in one dimension each, by the dimension's name. */
final class LargeManifests {

    private static final String HEAD = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: large, namespace: ci%s}
            spec:
              entrypoint: main
              activeDeadlineSeconds: 60
            """;

    private static final String LEAF =
            "  - {name: leaf, inputs: {parameters: [{name: x, value: a}]}, container: {image: 'alpine:3',"
                    + " command: [sh], args: ['{{inputs.parameters.x}}']}}\n";

    private LargeManifests() {}

    static Map<String, IntFunction<String>> all() {
        Map<String, IntFunction<String>> all = new LinkedHashMap<>();
        all.put(
                "artifacts",
                n -> main("inputs: {artifacts: " + list(n, LargeManifests::artifact) + "}, " + container("")));
        all.put(
                "artifacts and mounts",
                n -> main("inputs: {artifacts: " + list(n, LargeManifests::artifact) + "}, volumes: "
                        + list(n, i -> "{name: v" + i + ", emptyDir: {}}") + ", "
                        + container("volumeMounts: " + list(n, i -> "{name: v" + i + ", mountPath: /m/" + i + "}"))));
        all.put(
                "artifacts of a step",
                n -> spec(
                        "  - {name: main, steps: [[{name: a, template: made}], [{name: b, template: taken, arguments: {artifacts: "
                                + list(n, i -> "{name: a" + i + ", from: '{{steps.a.outputs.artifacts.o" + i + "}}'}")
                                + "}}]], outputs: {artifacts: "
                                + list(n, i -> "{name: a" + i + ", from: '{{steps.a.outputs.artifacts.o" + i + "}}'}")
                                + "}}\n  - {name: made, outputs: {artifacts: "
                                + list(n, i -> "{name: o" + i + ", path: /o/" + i + "}") + "}, " + container("")
                                + "}\n  - {name: taken, inputs: {artifacts: "
                                + list(n, i -> "{name: a" + i + ", path: /a/" + i + "}")
                                + "}, " + container("") + "}\n"));
        all.put(
                "secrets of artifacts",
                n -> main("inputs: {artifacts: "
                        + list(
                                n,
                                i -> "{name: a" + i + ", path: /a/" + i
                                        + ", s3: {bucket: b, key: k, accessKeySecret: {name: s" + i
                                        + ", key: a}, secretKeySecret: {name: s, key: k" + i + "}}}")
                        + "}, " + container("")));
        all.put(
                "output artifacts",
                n -> main("outputs: {artifacts: " + list(n, i -> "{name: a" + i + ", path: /a/" + i + "}") + "}, "
                        + container("")));
        all.put(
                "parameters",
                n -> spec("  - {name: main, steps: [[{name: a, template: many, arguments: {parameters: "
                        + list(n, i -> "{name: p" + i + ", value: v" + i + "}")
                        + "}}]]}\n  - {name: many, inputs: {parameters: " + list(n, i -> "{name: p" + i + "}") + "}, "
                        + container("args: " + list(n, i -> "'{{inputs.parameters.p" + i + "}}'")) + "}\n"));
        all.put(
                "parameters of the workflow",
                n -> head("") + "  arguments: {parameters: " + list(n, i -> "{name: p" + i + ", value: v" + i + "}")
                        + "}\n  templates:\n  - {name: main, "
                        + container("args: " + list(n, i -> "'{{workflow.parameters.p" + i + "}}'")) + "}\n");
        all.put(
                "parameters without a value",
                n -> head("") + "  arguments: {parameters: " + list(n, i -> "{name: p" + i + "}")
                        + "}\n  templates:\n  - {name: main, "
                        + container("args: " + list(n, i -> "'{{workflow.parameters.p" + i + "}}'")) + "}\n");
        all.put(
                "parameters from ConfigMaps",
                n -> head("") + "  arguments: {parameters: "
                        + list(n, i -> "{name: p" + i + ", valueFrom: {configMapKeyRef: {name: c" + i + ", key: k}}}")
                        + "}\n  templates:\n  - {name: main, "
                        + container("args: " + list(n, i -> "'{{workflow.parameters.p" + i + "}}'")) + "}\n");
        all.put(
                "arguments that no one takes",
                n -> spec("  - {name: main, steps: [[{name: a, template: many, arguments: {parameters: "
                        + list(n, i -> "{name: q" + i + ", value: v}") + "}}]]}\n  - {name: many, inputs: {parameters: "
                        + list(n, i -> "{name: p" + i + ", value: v}") + "}, " + container("") + "}\n"));
        all.put(
                "inputs that no one declares",
                n -> main("inputs: {parameters: " + list(n, i -> "{name: p" + i + ", value: v}") + "}, "
                        + container("args: " + list(n, i -> "'{{inputs.parameters.q" + i + "}}'"))));
        all.put(
                "outputs of a script",
                n -> main("outputs: {parameters: "
                        + list(n, i -> "{name: o" + i + ", valueFrom: {path: /tmp/o" + i + "}}")
                        + "}, script: {image: 'alpine:3', command: [sh], source: '"
                        + joined(n, i -> "echo a > /tmp/p" + i, "; ") + "'}"));
        all.put(
                "output parameters",
                n -> spec(
                        "  - {name: main, steps: [[{name: a, template: made}], [{name: b, template: leaf, arguments: {parameters: [{name: x, value: '"
                                + joined(n, i -> "{{steps.a.outputs.parameters.o" + i + "}}", " ")
                                + "'}]}}]], outputs: {parameters: "
                                + list(
                                        n,
                                        i -> "{name: a" + i + ", valueFrom: {parameter: '{{steps.a.outputs.parameters.o"
                                                + i + "}}'}}")
                                + "}}\n  - {name: made, outputs: {parameters: "
                                + list(n, i -> "{name: o" + i + ", valueFrom: {path: /o/" + i + "}}") + "}, "
                                + container("") + "}\n"
                                + LEAF));
        all.put(
                "volumes",
                n -> main("volumes: " + list(n, i -> "{name: v" + i + ", configMap: {name: c" + i + "}}") + ", "
                        + container("volumeMounts: " + list(n, i -> "{name: v" + i + ", mountPath: /m/" + i + "}"))));
        all.put(
                "volumes of the workflow",
                n -> head("") + "  volumes: " + list(n, i -> "{name: v" + i + ", secret: {secretName: s" + i + "}}")
                        + "\n  templates:\n  - {name: main, "
                        + container("volumeMounts: " + list(n, i -> "{name: v" + i + ", mountPath: /m/" + i + "}"))
                        + "}\n");
        all.put(
                "claims",
                n -> head("") + "  volumeClaimTemplates: "
                        + list(
                                n,
                                i -> "{metadata: {name: v" + i
                                        + "}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}")
                        + "\n  templates:\n  - {name: main, "
                        + container("volumeMounts: " + list(n, i -> "{name: v" + i + ", mountPath: /m/" + i + "}"))
                        + "}\n");
        all.put(
                "mounts",
                n -> main("volumes: [{name: v, emptyDir: {}}], "
                        + container("volumeMounts: " + list(n, i -> "{name: v, mountPath: /m/" + i + "}"))));
        all.put(
                "mounts with variables",
                n -> main("volumes: [{name: v, emptyDir: {}}], "
                        + container("env: " + list(n, i -> "{name: E" + i + ", value: a}") + ", volumeMounts: "
                                + list(n, i -> "{name: v, mountPath: /m/" + i + ", subPathExpr: $(E" + i + ")}"))));
        all.put(
                "mounts in mounts",
                n -> main("inputs: {artifacts: "
                        + list(n, i -> "{name: a" + i + ", path: /m/" + i + "/a, raw: {data: x}}")
                        + "}, volumes: " + list(n, i -> "{name: v" + i + ", emptyDir: {}}") + ", "
                        + container("volumeMounts: [{name: v0, mountPath: /m}, "
                                + joined(n, i -> "{name: v" + i + ", mountPath: /m/" + i + "}", ", ") + "]")));
        all.put(
                "tasks in a row",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + joined(
                                n,
                                i -> "      - {name: t" + i + ", template: leaf"
                                        + (i == 0
                                                ? ""
                                                : ", depends: t" + (i - 1)
                                                        + ", arguments: {parameters: [{name: x, value: '{{tasks.t"
                                                        + (i - 1) + ".outputs.result}}'}]}")
                                        + "}\n",
                                "")
                        + LEAF));
        all.put(
                "tasks side by side",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + joined(n, i -> "      - {name: t" + i + ", template: leaf}\n", "")
                        + "      - {name: last, template: leaf, depends: '" + joined(n, i -> "t" + i, " && ") + "'}\n"
                        + LEAF));
        all.put(
                "arguments from other tasks",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + joined(n, i -> "      - {name: t" + i + ", template: leaf}\n", "")
                        + "      - {name: last, template: many, depends: '" + joined(n, i -> "t" + i, " && ")
                        + "', arguments: {parameters: "
                        + list(n, i -> "{name: p" + i + ", value: '{{tasks.t" + i + ".outputs.result}}'}")
                        + "}}\n  - {name: many, inputs: {parameters: " + list(n, i -> "{name: p" + i + "}") + "}, "
                        + container("args: " + list(n, i -> "'{{inputs.parameters.p" + i + "}}'")) + "}\n" + LEAF));
        all.put(
                "outputs of a skipped task",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + "      - {name: a, template: made, when: '1 == 2'}\n"
                        + "      - {name: b, template: taken, depends: a, arguments: {parameters: "
                        + list(n, i -> "{name: p" + i + ", value: '{{tasks.a.outputs.parameters.o" + i + "}}'}")
                        + "}}\n  - {name: made, outputs: {parameters: "
                        + list(n, i -> "{name: o" + i + ", valueFrom: {path: /o}}") + "}, " + container("")
                        + "}\n  - {name: taken, inputs: {parameters: "
                        + list(n, i -> "{name: p" + i + ", default: ''}") + "}, " + container("") + "}\n"));
        all.put(
                "skipped tasks",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + joined(n, i -> "      - {name: t" + i + ", template: made, when: '1 == 2'}\n", "")
                        + "      - {name: last, template: taken, depends: '" + joined(n, i -> "t" + i, " && ")
                        + "', arguments: {parameters: "
                        + list(n, i -> "{name: p" + i + ", value: '{{tasks.t" + i + ".outputs.parameters.o}}'}")
                        + "}}\n  - {name: made, outputs: {parameters: [{name: o, valueFrom: {path: /o}}]}, "
                        + container("") + "}\n  - {name: taken, inputs: {parameters: "
                        + list(n, i -> "{name: p" + i + ", default: ''}") + "}, " + container("") + "}\n"));
        all.put(
                "values that a caller supplies",
                n -> head("").replace("kind: Workflow", "kind: WorkflowTemplate")
                        + "  templates:\n  - {name: main, inputs: {parameters: "
                        + list(n, i -> "{name: p" + i + "}") + "}, "
                        + container("env: "
                                + list(
                                        n,
                                        i -> "{name: E" + i
                                                + ", valueFrom: {secretKeyRef: {name: '{{inputs.parameters.p" + i
                                                + "}}', key: k}}}"))
                        + "}\n");
        all.put(
                "templates",
                n -> spec("  - name: main\n    dag:\n      tasks:\n"
                        + joined(n, i -> "      - {name: t" + i + ", template: leaf" + i + "}\n", "")
                        + joined(
                                n,
                                i -> "  - {name: leaf" + i + ", container: {image: 'i" + i % 50
                                        + "', command: [c], env: [{name: A, value: '{{workflow.name}}'}]}}\n",
                                "")));
        all.put(
                "templates that no one uses",
                n -> spec("  - {name: main, " + container("") + "}\n"
                        + joined(n, i -> "  - {name: leaf" + i + ", " + container("") + "}\n", "")));
        all.put(
                "env",
                n -> main(container(
                        "env: " + list(n, i -> "{name: E" + i + ", value: '$(E" + (i - 1) + ") {{workflow.name}}'}"))));
        all.put(
                "env from ConfigMaps",
                n -> main(container("env: "
                        + list(n, i -> "{name: E" + i + ", valueFrom: {configMapKeyRef: {name: c" + i + ", key: k}}}")
                        + ", envFrom: " + list(n, i -> "{secretRef: {name: s" + i + "}}"))));
        all.put(
                "steps of a group",
                n -> spec("  - name: main\n    steps:\n    - "
                        + list(n, i -> "{name: s" + i + ", template: leaf}") + "\n    - "
                        + list(
                                n,
                                i -> "{name: u" + i
                                        + ", template: leaf, arguments: {parameters: [{name: x, value: '{{steps.s" + i
                                        + ".outputs.result}}'}]}}")
                        + "\n" + LEAF));
        all.put(
                "groups of steps",
                n -> spec("  - name: main\n    steps:\n"
                        + joined(n, i -> "    - [{name: s" + i + ", template: leaf}]\n", "") + LEAF));
        all.put(
                "labels",
                n -> head(", labels: {" + joined(n, i -> "l" + i + ": a", ", ") + "}")
                        + "  templates:\n  - {name: main, metadata: {labels: {" + joined(n, i -> "m" + i + ": a", ", ")
                        + "}}, " + container("") + "}\n");
        all.put(
                "items",
                n -> spec("  - {name: main, steps: [[{name: a, template: leaf, withItems: " + list(n, i -> "i" + i)
                        + ", arguments: {parameters: [{name: x, value: '{{item}}'}]}}]]}\n" + LEAF));
        all.put(
                "sidecars",
                n -> main("sidecars: "
                        + list(n, i -> "{name: s" + i + ", image: a, command: [a], mirrorVolumeMounts: true}") + ", "
                        + container("")));
        all.put(
                "containers of a set",
                n -> main("containerSet: {containers: "
                        + list(
                                n,
                                i -> "{name: c" + i + ", image: a, command: [a]"
                                        + (i == 0 ? "" : ", dependencies: [c" + (i - 1) + "]") + "}")
                        + "}"));
        all.put(
                "pull Secrets and tolerations",
                n -> head("") + "  imagePullSecrets: " + list(n, i -> "{name: s" + i + "}") + "\n  tolerations: "
                        + list(n, i -> "{key: k" + i + ", operator: Exists}") + "\n  templates:\n  - {name: main, "
                        + container("") + "}\n");
        all.put(
                "hooks",
                n -> spec("  - {name: main, steps: [[{name: a, template: leaf, hooks: {"
                        + joined(
                                n,
                                i -> "h" + i + ": {expression: 'steps.a.status == \"Running\"', template: leaf}",
                                ", ")
                        + "}}]]}\n" + LEAF));
        all.put(
                "locks",
                n -> main("synchronization: {mutexes: " + list(n, i -> "{name: m" + i + "}") + "}, " + container("")));
        all.put(
                "workflows",
                n -> joined(
                        n,
                        i -> HEAD.formatted("").replace("name: large", "name: large" + i)
                                + "  templates:\n  - {name: main, " + container("") + "}\n---\n",
                        ""));
        all.put(
                "patches",
                n -> main("podSpecPatch: '{containers: [{name: main, env: "
                        + list(n, i -> "{name: e" + i + ", value: a}") + "}]}', "
                        + container("env: " + list(n, i -> "{name: e" + i + ", value: b}"))));
        all.put(
                "triggers of a Sensor",
                n -> sensor(joined(n / 2, i -> trigger(i, "resource: " + workflow("[]"), "[]"), "")
                        + joined(
                                n / 2,
                                i -> trigger(n + i, "inline: '" + workflow("[]").replace("'", "''") + "'", "[]"),
                                "")));
        all.put(
                "values of an event",
                n -> sensor(trigger(
                        0,
                        "resource: " + workflow(list(n, i -> "a" + i)),
                        list(n, i -> "{src: {dataKey: k}, dest: spec.templates.0.container.args." + i + "}"))));
        all.put(
                "values of an event in one text",
                n -> sensor(trigger(
                        0,
                        "resource: " + workflow("[" + "a".repeat(Math.min(1_500 * n, 4_000_000)) + "]"),
                        list(
                                n,
                                i -> "{src: {value: b}, dest: spec.templates.0.container.args.0, operation: "
                                        + (i % 2 == 0 ? "append" : "prepend") + "}"))));
        all.put(
                "triggers of one ConfigMap",
                n -> "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: stored, namespace: ci}\ndata:\n  wf: |\n"
                        + ("    # " + "a".repeat(100) + "\n").repeat(n) + "    " + workflow("[]") + "\n---\n"
                        + sensor(joined(n, i -> trigger(i, "configmap: {name: stored, key: wf}", "[]"), "")));
        return all;
    }

    private static String sensor(String triggers) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: Sensor\nmetadata: {name: large, namespace: ci}\nspec:\n  triggers:\n"
                + triggers;
    }

    private static String trigger(int i, String source, String parameters) {
        return "  - {template: {name: t" + i + ", k8s: {source: {" + source + "}, parameters: " + parameters + "}}}\n";
    }

    private static String workflow(String arguments) {
        return "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {generateName: a-}, spec: {entrypoint: main,"
                + " templates: [{name: main, " + container("args: " + arguments) + "}]}}";
    }

    private static String artifact(int i) {
        return "{name: a" + i + ", path: /a/" + i + ", raw: {data: x}}";
    }

    private static String container(String more) {
        return "container: {image: 'alpine:3', command: [sh]" + (more.isEmpty() ? "" : ", " + more) + "}";
    }

    private static String head(String metadata) {
        return HEAD.formatted(metadata);
    }

    private static String spec(String templates) {
        return head("") + "  templates:\n" + templates;
    }

    private static String main(String template) {
        return spec("  - {name: main, " + template + "}\n");
    }

    private static String list(int count, IntFunction<String> element) {
        return "[" + joined(count, element, ", ") + "]";
    }

    private static String joined(int count, IntFunction<String> element, String separator) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(separator));
    }
}
