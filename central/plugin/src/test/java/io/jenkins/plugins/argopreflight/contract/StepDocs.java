package io.jenkins.plugins.argopreflight.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes docs/steps.md from the steps' parameters and their help. */
final class StepDocs {

    private final List<String> lines = new ArrayList<>();

    static String markdown(List<Form> steps) {
        StepDocs docs = new StepDocs();
        docs.add("# The steps", "");
        docs.add("<!-- Written from the steps; change those, then run the tests with -Ddocs.write=true. -->", "");
        steps.forEach(docs::step);
        return String.join("\n", docs.lines);
    }

    private void step(Form step) {
        add("## " + functionName(step), "", text(step, "help.html").replace("<br>", "\n\n"), "");
        Set<Form> nested = new LinkedHashSet<>();
        table(step, nested);
        nested.forEach(form -> {
            add("Each of `" + form.type().getSimpleName() + "`:", "");
            table(form, new LinkedHashSet<>());
        });
    }

    private void table(Form form, Set<Form> nested) {
        add("| parameter | type | |", "|---|---|---|");
        Map<String, Type> required = form.required();
        form.parameters().forEach((name, type) -> {
            String shown = required.containsKey(name) ? "**`" + name + "`**" : "`" + name + "`";
            add("| " + shown + " | " + type(type, nested) + " | " + text(form, "help-" + name + ".html") + " |");
        });
        add("", "Those in bold are required.", "");
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
                .strip()
                .replaceAll("</p>\\s*<p>", "<br>")
                .replaceAll("</?p>", "")
                .replace("|", "\\|");
    }

    private void add(String... added) {
        lines.addAll(List.of(added));
    }
}
