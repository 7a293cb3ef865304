package io.jenkins.plugins.argopreflight.engine.util.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LimitDocsTest {

    private static final Path DOCS = ProjectRoot.path().resolve("docs/limits.md");
    private static final Path HELP = ProjectRoot.path()
            .resolve(
                    "src/main/resources/io/jenkins/plugins/argopreflight/config/ArgoPreflightConfiguration/help-limits.html");
    private static final long SMALL = 256L << 20;
    private static final long LARGE = 64L << 30;

    @Test
    void shouldListEveryLimit() throws IOException {
        String wanted = markdown();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS, wanted);
        }
        assertThat(Files.readString(DOCS))
                .as("docs/limits.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }

    @Test
    void shouldNameEveryLimitInTheHelp() throws IOException {
        for (Limit limit : Limit.values()) {
            assertThat(Files.readString(HELP)).contains("<code>" + limit.key() + "</code>");
        }
    }

    private static String markdown() {
        StringBuilder table = new StringBuilder();
        for (Limit limit : Limit.values()) {
            table.append("| `")
                    .append(limit.key())
                    .append("` | ")
                    .append(limit.meaning())
                    .append(" | ")
                    .append("%,d".formatted(limit.ofStep(LARGE)))
                    .append(" | ")
                    .append("%,d".formatted(limit.ofStep(SMALL)))
                    .append(" | ")
                    .append("%,d".formatted(limit.ofCommand(SMALL)))
                    .append(" |\n");
        }
        return """
                # Limits of a run

                Anyone who can open a change request can write a manifest. The resources of one run (a step or a command) are
                therefore limited. What is over a limit is left out, and the report lists it as unknown with the name of the
                limit. The result is then UNCHECKED at best, never OK.

                An administrator changes a limit under *Manage Jenkins → System → Argo Preflight → Limits of a run*, with
                configuration as code (`unclassified.argoPreflight.limits: ["images=2000"]`), or on the command line with
                `--limit images=2000`. A Jenkinsfile cannot. The commands `diagnose` and `snapshot` have no `--limit`: their
                runs have the defaults of a command. With `diagnose --wait`, each diagnosis is a run of its own.

                | limit | what it counts | default | a step in a heap of 256 MiB | a command in a heap of 256 MiB |
                |---|---|---|---|---|
                %s
                The defaults of `bytes`, `nodes`, `text`, `pods` and `findings` depend on the maximum Java heap (`-Xmx`),
                so that a run does not end in an `OutOfMemoryError`. A command judges 1,000 workflows of 20 templates
                in 256 MiB. Large pods of a workflow count as several, one for each 4,096 bytes that they have in common with none before. A
                manifest counts for `nodes` while it is read, and a quarter of it from then on. `depth`, `value` and `regex` hold
                for each text or expression; the others are added up over the run. An aborted run ends at its next charge.
                """.formatted(table);
    }
}
