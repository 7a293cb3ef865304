package io.jenkins.plugins.argopreflight.engine.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small manifests that would take all memory or all time without the limits of a run, by name. */
final class Attacks {

    private static final String HEAD = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: hostile, namespace: ci}
            spec:
              entrypoint: main
              activeDeadlineSeconds: 60
            """;
    static final String LEAF =
            "  - {name: leaf, inputs: {parameters: [{name: x, value: a}]}, container: {image: alpine:3,"
                    + " command: [sh], args: ['{{inputs.parameters.x}}']}}\n";

    private static final String CONTAINER = "container: {image: a, command: [a]}";
    private static final String CONTAINER_WITH = "container: {image: a, command: [a], resources: ";

    private Attacks() {}

    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("doubling", chain(40, "{{inputs.parameters.x}}{{inputs.parameters.x}}"));
        all.put("doubling-in-json", chain(40, "{{inputs.parameters}}{{inputs.parameters}}"));
        all.put("doubling-in-expression", chain(40, "{{=inputs.parameters.x + inputs.parameters.x}}"));
        all.put("escapes-in-escapes", chain(60, "{{=toJson(inputs.parameters.x)}}"));
        all.put("backtracking-when", when("'" + "a".repeat(40) + "!' =~ '^(a+)+$'"));
        all.put("backtracking-not", when("'" + "a".repeat(40) + "!' !~ '(a|aa)+$'"));
        all.put("backtracking-matches", argument("{{='" + "a".repeat(40) + "!' matches '^(a|a)*$'}}"));
        all.put(
                "backtracking-sprig",
                argument("{{=sprig.regexMatch('^(([a-z])+.)+[A-Z]$', '" + "a".repeat(60) + "')}}"));
        all.put("repetition", argument("{{=sprig.regexFind('((((x{1000}){1000}){1000}){1000})', 'x')}}"));
        all.put("long-repetition", argument("{{='a' matches '(" + "ab".repeat(200) + "){1000}'}}"));
        all.put("nested-groups", argument("{{='a' matches '" + "(".repeat(50_000) + "a" + ")".repeat(50_000) + "'}}"));
        all.put(
                "replace-growth",
                argument("{{=sprig.regexReplaceAll('', sprig.repeat(100000, 'a'), sprig.repeat(100000, 'b'))}}"));
        all.put(
                "literal-growth",
                argument("{{=sprig.replace('', sprig.repeat(100000, 'a'), sprig.repeat(100000, 'b'))}}"));
        all.put(
                "join-growth",
                argument("{{=join(split(sprig.repeat(100000, 'a,'), ','), sprig.repeat(100000, 'b'))}}"));
        all.put("repeat", argument("{{=sprig.repeat(2000000000, 'abc')}}"));
        all.put("power", argument("{{=9 ** 9 ** 9 ** 9 ** 999999999}}"));
        all.put("parentheses-when", when("(".repeat(5_000) + "1 == 1" + ")".repeat(5_000)));
        all.put("parentheses-expression", argument("{{=" + "(".repeat(5_000) + "1" + ")".repeat(5_000) + "}}"));
        all.put("not-not", argument("{{=" + "!".repeat(100_000) + "true}}"));
        all.put("choices", argument("{{=" + "true ? 1 : ".repeat(50_000) + "2}}"));
        all.put("lists-in-lists", argument("{{=" + "[".repeat(50_000) + "]".repeat(50_000) + "}}"));
        all.put("dotted-name", dotted());
        all.put("json-depth", withParam("[".repeat(100_000) + "]".repeat(100_000)));
        all.put("json-depth-in-expression", argument("{{=fromJson('" + "[".repeat(100_000) + "')}}"));
        all.put(
                "many-items",
                withParam(IntStream.range(0, 200_000).boxed().toList().toString()));
        all.put("wide-items", withParam("[" + items(200, i -> "\"" + "a".repeat(5_000) + i + "\"", ",") + "]"));
        all.put("exponents", withParam("[1e999999999, 1e-999999999, 123456789e987654321]"));
        all.put("count", sequence("count: '1000000000'"));
        all.put("count-beyond", sequence("start: '-9223372036854775808', end: '9223372036854775807'"));
        all.put("format", sequence("count: '3', format: '%1000000000d'"));
        all.put("format-again", sequence("count: '200', format: '%999d" + "%<999d".repeat(300_000) + "'"));
        all.put("format-percent", sequence("count: '200', format: '" + "%999%".repeat(300_000) + "%d'"));
        all.put("index-chain", argument("{{=a" + "[0]".repeat(100_000) + "}}"));
        all.put("member-chain", argument("{{=a" + ".a".repeat(300_000) + "}}"));
        all.put("path-of-null", argument("{{=jsonpath('null', '$.a')}}"));
        all.put("duration", leaf(CONTAINER + ", timeout: '" + "9".repeat(100_000) + "'"));
        all.put(
                "quantity",
                leaf("container: {image: a, command: [a], resources: {limits: {cpu: '0." + "0".repeat(500_000)
                        + "1'}}}"));
        all.put(
                "patch-of-one-name",
                leaf(CONTAINER + ", podSpecPatch: '{containers: ["
                        + items(20_000, i -> "{name: main, env: [{name: e" + i + "}]}", ",") + "]}'"));
        all.put(
                "sidecars",
                leaf(CONTAINER + ", sidecars: [" + items(20_000, i -> "{name: s" + i + ", image: a, command: [a]}", ",")
                        + "]"));
        all.put("anchors", HEAD + items(200_000, i -> "  a" + i + ": &a" + i + " 1\n", ""));
        all.put("no-character", HEAD + "  x: \"\\UFFFFFFFF\"\n");
        all.put(
                "targets",
                HEAD + "  templates:\n  - {name: main, dag: {target: 'a a', tasks: [{name: a, template: leaf}]}}\n"
                        + LEAF);
        all.put("loops-in-loops", loops(200, 4));
        all.put("call-depth", calls(10_000));
        all.put("images", images(9_984));
        all.put("images-in-loops", imageLoops(52, 192));
        all.put("patches", patches());
        all.put("containers-and-mounts", mounts(3_000));
        all.put("dag-chain", dag(5_000, 1));
        all.put("dag-of-all", dag(600, 600));
        all.put("missing-templates", missing(3_000));
        all.put("quantities", quantities());
        all.put("laughs", laughs());
        all.put("yaml-depth", HEAD + "  templates: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n");
        all.put("json-file-depth", "{\"kind\":" + "[".repeat(100_000));
        all.put("empty-lists", HEAD + "  templates: [" + "[],".repeat(2_000_000) + "]\n");
        all.put(
                "long-image",
                HEAD + "  templates: [{name: main, container: {image: '" + "a/".repeat(500_000)
                        + "a', command: [a]}}]\n");
        all.put(
                "long-names",
                HEAD + "  templates: [{name: main, steps: [[{name: " + "a-".repeat(50_000) + ", template: leaf}]]},\n"
                        + LEAF + "]\n");
        all.put("long-block", HEAD + "  x: |\n    " + "a".repeat(7_000_000) + "\n");
        all.put("long-quoted", HEAD + "  x: '" + "a/ ".repeat(2_300_000) + "'\n");
        all.put("unclosed-manifest", leaf("resource: {action: create, manifest: '" + "{{.".repeat(300_000) + "'}"));
        all.put(
                "slashes",
                leaf(CONTAINER + ", volumes: [{name: v, hostPath: {path: '" + "/".repeat(500_000) + "a'}}]"));
        all.put("digits", leaf(CONTAINER_WITH + "{requests: {cpu: " + "9".repeat(500_000) + "x}}}"));
        all.put("unknown-fields", HEAD + items(100_000, i -> "  unknown" + i + ": a\n", ""));
        all.put("results", depends(50_000));
        all.put(
                "equal-hashes",
                HEAD + "  templates: [{name: main, container: {image: a, command: [a]}}]\n" + equalHashes());
        all.put("unclosed", argument("{{".repeat(400_000)));
        all.put("unclosed-when", when("[{{".repeat(200_000)));
        all.put("every", every());
        all.put(
                "many-documents",
                (HEAD + "  templates: [{name: main, container: {image: a, command: [a]}}]\n---\n").repeat(3_000));
        return all;
    }

    /** Texts, names, objects and lists of which many have the same hash in Java. */
    private static String equalHashes() {
        String object = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n";
        return object
                + items(30_000, i -> "  " + equalHash(i) + ": " + equalHash(i) + "\n", "")
                + object
                + items(8_000, i -> "  k" + i + ": {lo: " + i + ", hi: " + (8_000 - i) + "}\n", "")
                + object
                + items(8_000, i -> "  l" + i + ": [" + i + ", " + (1_000_000 - 31 * i) + "]\n", "")
                + object
                + items(8_000, i -> "  m" + i + ": {" + equalHash(i) + ": 1}\n", "");
    }

    /** A text of 16 bits, each as Aa or BB. */
    private static String equalHash(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    static String chain(int length, String value) {
        StringBuilder templates = new StringBuilder("  templates:\n");
        for (int i = 0; i < length; i++) {
            templates
                    .append("  - name: ")
                    .append(i == 0 ? "main" : "t" + i)
                    .append(
                            "\n    inputs: {parameters: [{name: x, value: '\"a\"'}]}\n    steps: [[{name: s, template: ")
                    .append(i == length - 1 ? "leaf" : "t" + (i + 1))
                    .append(", arguments: {parameters: [{name: x, value: '")
                    .append(value)
                    .append("'}]}}]]\n");
        }
        return HEAD + templates + LEAF;
    }

    static String argument(String value) {
        return HEAD + "  templates:\n  - name: main\n    steps:\n    - - name: s\n        template: leaf\n"
                + "        arguments:\n          parameters:\n          - name: x\n            value: >-\n              "
                + value + "\n" + LEAF;
    }

    static String when(String condition) {
        return HEAD + "  templates:\n  - name: main\n    steps:\n    - - name: s\n        template: leaf\n"
                + "        when: >-\n          " + condition + "\n" + LEAF;
    }

    /** Returns a template with these fields. */
    private static String leaf(String fields) {
        return HEAD + "  templates: [{name: main, " + fields + "}]\n";
    }

    private static String depends(int results) {
        return HEAD
                + "  templates:\n  - {name: main, dag: {tasks: [{name: a, template: leaf}, {name: b, template: leaf,"
                + " depends: '" + items(results, i -> "t" + i + ".AnySucceeded", " || ") + "'}]}}\n" + LEAF;
    }

    static String withParam(String json) {
        return HEAD
                + "  templates:\n  - name: main\n    steps:\n    - - name: s\n        template: leaf\n        arguments:"
                + " {parameters: [{name: x, value: '{{item}}'}]}\n        withParam: >-\n          " + json + "\n"
                + LEAF;
    }

    static String sequence(String fields) {
        return HEAD
                + "  templates:\n  - name: main\n    steps:\n    - - {name: s, template: leaf, arguments: {parameters:"
                + " [{name: x, value: '{{item}}'}]}, withSequence: {" + fields + "}}\n" + LEAF;
    }

    static String loops(int items, int depth) {
        StringBuilder templates = new StringBuilder("  templates:\n");
        for (int i = 0; i < depth; i++) {
            templates
                    .append("  - {name: ")
                    .append(i == 0 ? "main" : "t" + i)
                    .append(", inputs: {parameters: [{name: x, value: a}]}, steps: [[{name: s, template: ")
                    .append(i == depth - 1 ? "leaf" : "t" + (i + 1))
                    .append(
                            ", arguments: {parameters: [{name: x, value: '{{inputs.parameters.x}}-{{item}}'}]}, withItems: [")
                    .append(items(items, Integer::toString, ","))
                    .append("]}]]}\n");
        }
        return HEAD + templates + LEAF;
    }

    static String calls(int depth) {
        return HEAD + "  templates:\n"
                + items(
                        depth,
                        i -> "  - {name: " + (i == 0 ? "main" : "t" + i) + ", steps: [[{name: s, template: "
                                + (i == depth - 1 ? "leaf" : "t" + (i + 1)) + "}]]}\n",
                        "")
                + LEAF;
    }

    static String images(int count) {
        return HEAD + "  templates:\n  - name: main\n    steps:\n    -\n"
                + items(count, i -> "      - {name: s" + i + ", template: t" + i + "}\n", "")
                + items(
                        count,
                        i -> "  - {name: t" + i + ", container: {image: 'registry.example.com/team/i" + i
                                + ":v1', command: [sh]}}\n",
                        "");
    }

    static String imageLoops(int steps, int items) {
        return HEAD + "  templates:\n  - name: main\n    steps:\n"
                + items(
                        steps,
                        i -> "    - - {name: s" + i + ", template: pull, arguments: {parameters: [{name: i, value: 'r"
                                + i + ".example.com/{{item}}:v1'}]}, withItems: ["
                                + items(items, Integer::toString, ",") + "]}\n",
                        "")
                + "  - {name: pull, inputs: {parameters: [{name: i}]}, container: {image: '{{inputs.parameters.i}}', command: [a]}}\n";
    }

    private static String patches() {
        String patch =
                "containers: [{name: main, env: [" + items(5_000, i -> "{name: E" + i + ", value: v}", ",") + "]}]";
        return HEAD + "  podSpecPatch: '" + patch
                + "'\n  templates:\n  - name: main\n    steps: [[{name: s, template: leaf,"
                + " arguments: {parameters: [{name: x, value: '{{item}}'}]}, withItems: ["
                + items(200, Integer::toString, ",")
                + "]}]]\n" + LEAF.replace("name: leaf,", "name: leaf, podSpecPatch: '" + patch + "',");
    }

    private static String mounts(int count) {
        return HEAD + "  volumes: [" + items(count, i -> "{name: v" + i + ", emptyDir: {}}", ",") + "]\n  templates:\n"
                + "  - name: main\n    container: {image: a, command: [a], volumeMounts: ["
                + items(count, i -> "{name: v" + i + ", mountPath: /v" + i + "}", ",") + "]}\n    sidecars: ["
                + items(count, i -> "{name: c" + i + ", image: a, command: [a], mirrorVolumeMounts: true}", ",")
                + "]\n";
    }

    static String dag(int tasks, int dependencies) {
        return HEAD + "  templates:\n  - name: main\n    dag:\n      tasks:\n"
                + items(
                        tasks,
                        i -> "      - {name: t" + i + ", template: leaf, dependencies: ["
                                + items(Math.min(i, dependencies), j -> "t" + (i - 1 - j), ",") + "]}\n",
                        "")
                + LEAF;
    }

    private static String missing(int count) {
        return HEAD + "  templates:\n  - name: main\n    steps:\n    -\n"
                + items(count, i -> "      - {name: s" + i + ", template: absent-template-number-" + i + "}\n", "")
                + items(
                        count,
                        i -> "  - {name: other-template-number-" + i + ", container: {image: a, command: [a]}}\n",
                        "");
    }

    private static String quantities() {
        return HEAD
                + "  templates:\n  - name: main\n    activeDeadlineSeconds: '1e999999999'\n    timeout: 99999999999999999h\n"
                + "    container: {image: a, command: [a], resources: {requests: {cpu: 1e999999999, memory: '1e-999999999'},"
                + " limits: {cpu: '9999999999999999999999999E', memory: 1e999999999Ki, ephemeral-storage: '"
                + "9".repeat(100_000)
                + "e2147483647'}}}\n";
    }

    private static String laughs() {
        return items(
                12, i -> "a" + i + ": &a" + i + " [" + items(10, j -> i == 0 ? "x" : "*a" + (i - 1), ",") + "]\n", "");
    }

    private static String dotted() {
        return HEAD + "  arguments: {parameters: [{name: " + "a.".repeat(50_000)
                + "b, value: c}]}\n  templates:\n  - name: main\n"
                + "    container: {image: a, command: [a], args: ['{{=workflow.parameters}}', '{{=workflow}}']}\n";
    }

    private static String every() {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: CronWorkflow
                metadata: {name: hostile, namespace: ci}
                spec:
                  schedule: '@every %s'
                  workflowSpec: {entrypoint: main, templates: [{name: main, container: {image: a, command: [a]}}]}
                """.formatted("1h".repeat(100_000));
    }

    static String items(int count, IntFunction<String> item, String between) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(between));
    }
}
