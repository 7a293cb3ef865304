package io.jenkins.plugins.argopreflight.contract;

import io.jenkins.plugins.argopreflight.step.CheckedStep;
import io.jenkins.plugins.argopreflight.step.ClusterStep;
import io.jenkins.plugins.argopreflight.step.secret.SecretStep;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes docs/steps.md from the steps' parameters and their help. */
final class StepDocs {

    /** The nouns of the classes whose parameters several steps share. */
    private static final Map<Class<?>, String> SHARED =
            Map.of(SecretStep.class, "the Secret", CheckedStep.class, "the checks", ClusterStep.class, "the cluster");

    private static final String KUBECONFIG = """
            ### Which `KUBECONFIG` counts

            A step without `cluster`, `serverUrl` and `kubeconfigCredentialsId` uses the `KUBECONFIG` that the Pipeline sets:

            | `KUBECONFIG` comes from | |
            |---|---|
            | `withKubeConfig`, `withCredentials`, `withEnv`, `environment`, `env.KUBECONFIG = …` | counts |
            | a `withArgoCluster` around the step | the step uses that cluster with its configuration, not this file |
            | the agent's process or image, properties of a node, global variables, parameters of the build | does not count |
            | nothing | the default cluster of the folder or of Jenkins; then the controller's own pod, if `ownCluster` is on |

            The files are read where the build runs, so the step needs a `node`. The log names the cluster and why it was chosen.
            [The limits of such a file](configuration.md#which-kubeconfig-counts).
            """;

    private final List<String> lines = new ArrayList<>();

    static String markdown(List<Form> steps) {
        StepDocs docs = new StepDocs();
        docs.add("# The steps", "");
        docs.add("<!-- Written from the steps; change those, then run the tests with -Ddocs.write=true. -->", "");
        steps.forEach(docs::step);
        steps.stream().flatMap(step -> step.bases().stream()).distinct().forEach(docs::base);
        return String.join("\n", docs.lines);
    }

    /**
     * Returns a table of the keys of each class.
     *
     * @param forms by the key of the configuration that they are the value of
     */
    static String keys(Map<String, Form> forms) {
        StepDocs docs = new StepDocs();
        forms.forEach((key, form) -> {
            docs.add("### " + key, "");
            docs.table(form, "key", new LinkedHashSet<>());
        });
        return String.join("\n", docs.lines);
    }

    private void step(Form step) {
        add("## " + functionName(step), "", text(step, "help.html").replace("<br>", "\n\n"), "");
        tables(step);
        List<String> links = step.bases().stream()
                .map(base -> "[" + shared(base) + "](#parameters-of-"
                        + shared(base).toLowerCase().replace(' ', '-') + ")")
                .toList();
        if (!links.isEmpty()) {
            add("Also the parameters of " + String.join(" and of ", links) + ".", "");
        }
    }

    private void base(Form base) {
        add("## Parameters of " + shared(base), "");
        tables(base);
        if (base.type() == ClusterStep.class) {
            add(KUBECONFIG);
        }
    }

    private static String shared(Form base) {
        return Objects.requireNonNull(SHARED.get(base.type()), () -> base + " has no name in the docs");
    }

    private void tables(Form form) {
        Set<Form> nested = new LinkedHashSet<>();
        table(form, "parameter", nested);
        nested.forEach(each -> {
            add("Each of `" + each.type().getSimpleName() + "`:", "");
            table(each, "parameter", new LinkedHashSet<>());
        });
    }

    private void table(Form form, String name, Set<Form> nested) {
        add("| " + name + " | type | |", "|---|---|---|");
        Map<String, Type> required = form.required();
        form.own().forEach((field, type) -> {
            String shown = required.containsKey(field) ? "**`" + field + "`**" : "`" + field + "`";
            add("| " + shown + " | " + type(type, nested) + " | " + text(form, "help-" + field + ".html") + " |");
        });
        add("");
        if (!required.isEmpty()) {
            add("Those in bold are required.", "");
        }
    }

    private static String functionName(Form step) {
        try {
            return (String) step.type().getField("FUNCTION").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String type(Type type, Set<Form> nested) {
        if (type instanceof ParameterizedType list) {
            return "list of " + type(list.getActualTypeArguments()[0], nested);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "text";
        }
        if (plain.isPrimitive()) {
            return plain == boolean.class ? "true or false" : "number";
        }
        nested.add(new Form(plain));
        return "`" + plain.getSimpleName() + "`";
    }

    /** A help file as Markdown in one line, its paragraphs parted by {@code <br>}. */
    private static String text(Form form, String file) {
        return form.file(file)
                .orElse("")
                .replaceAll("</?div>", "")
                .replaceAll("</?code>", "`")
                .replaceAll("\\s+", " ")
                .replaceAll("</p> ?<p>", "<br>")
                .replaceAll("</?p>", "")
                .strip()
                .replace("|", "\\|");
    }

    private void add(String... added) {
        lines.addAll(List.of(added));
    }
}
