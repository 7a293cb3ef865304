package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/symptoms.md} is the table, written so that a search for a message finds it. */
class SymptomsPageTest {

    private static final Path PAGE = ProjectRoot.path().resolve("docs/symptoms.md");

    @Test
    void shouldShowTheTable() throws IOException {
        String wanted = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, wanted);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/symptoms.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }

    private static String page() {
        Map<String, String> checks = Checks.all().stream()
                .map(Check::info)
                .collect(Collectors.toMap(info -> info.id(), info -> info.summary()));
        StringBuilder page = new StringBuilder("""
            # Why an Argo workflow failed or hangs: messages and causes

            Each message as Kubernetes, the container runtimes and Argo Workflows (3.4 to 4.1) write it, what leads to it,
            how to find out which cause it is, and what fixes it. `…` and words in braces stand for what differs.
            `argo-preflight diagnose NAME -n NAMESPACE` does this for a workflow. A test keeps this page and the table
            in the program equal.

            """);
        for (SymptomTable.Topic topic : SymptomTable.get().topics()) {
            page.append("## ").append(topic.title()).append("\n\n");
            topic.entries().stream()
                    .filter(entry -> !entry.id().equals("unrecognised"))
                    .forEach(entry -> entry(page, entry, checks));
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static void entry(StringBuilder page, Entry entry, Map<String, String> checks) {
        page.append("### ").append(braces(entry.title())).append("\n\n");
        if (!entry.messages().isEmpty()) {
            page.append("```text\n");
            entry.messages()
                    .forEach(message -> page.append(message.toString()
                                    .replaceFirst("^\\^", "")
                                    .replaceFirst("\\$$", "")
                                    .replace("{...}", "…"))
                            .append('\n'));
            page.append("```\n\n");
        }
        page.append(braces(entry.detail().replace(" {log-hint}", ""))).append("\n\n");
        page.append("- **Permanent:** ")
                .append(entry.permanent()
                        .map(permanent -> permanent ? "yes, waiting does not help" : "no, it can pass by itself")
                        .orElse("depends on the cause"))
                .append('\n');
        page.append("- **Causes:** ")
                .append(String.join(" ", entry.page().causes()))
                .append('\n');
        page.append("- **Distinguish:** ").append(entry.page().distinguish()).append('\n');
        page.append("- **Fix:** ")
                .append(entry.fixes().stream().map(SymptomsPageTest::fix).collect(Collectors.joining("; ")))
                .append('\n');
        page.append("- **Versions:** ").append(entry.page().versions()).append('\n');
        String known = entry.checks().stream()
                .map(check -> check.replaceFirst("/.*", ""))
                .filter(checks::containsKey)
                .limit(6)
                .map(id -> "[" + id + "](checks.md#" + id + ")")
                .collect(Collectors.joining(", "));
        if (!known.isEmpty()) {
            page.append("- **Before submission:** ").append(known).append('\n');
        }
        page.append("- **Sources:** ")
                .append(String.join(", ", entry.page().sources()))
                .append("\n\n");
    }

    private static String fix(FixTemplate fix) {
        return braces(fix.note().sentence())
                + (fix.command().isEmpty()
                        ? ""
                        : ": `" + String.join(" ", fix.command()).replaceAll("\\{[A-Za-z]+:([a-z-]+)}", "<$1>") + "`");
    }

    private static String braces(String text) {
        return text.replaceAll("\\{([a-z-]+)}", "*$1*");
    }
}
