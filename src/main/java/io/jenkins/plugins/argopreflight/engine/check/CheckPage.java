package io.jenkins.plugins.argopreflight.engine.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The description of a check, {@code pages/<id>.md}. Reports and {@code explain} show it beside the facts about the
 * check.
 */
public final class CheckPage {

    /** The titles of the sections that every page has, in this order. */
    public static final List<String> SECTIONS = List.of("Why", "How to fix", "What it cannot see", "Evidence");

    private static final String HEAD = """
        # The checks

        <!-- Written from the checks and their pages; change those, then run the tests with -Ddocs.write=true. -->

        Besides PASS, and SKIPPED where it has nothing to judge, a check gives the outcomes below. A FAIL becomes a WARN
        where the pods run only under a condition, or the workflow goes on without them. Any check is UNKNOWN where a limit
        was reached, or where the workflow could not be followed to all of its pods.

        One cause is one finding. What only follows from it stands below it and is not counted: a finding about the same
        thing that is missing, about a field that the API server drops, or about a cluster that gives no answer. Below a
        finding that does not count, be it suppressed or known from a baseline or a reference build, nothing that counts is
        left out: it is a finding of its own. The first finding is the one that ends the workflow first: a cluster that gives
        no answer, then by outcome what the API server refuses, what the controller refuses, and what stops the pods.

        Each check has evidence that people make its mistake. It belongs to the reference case, a
        [pipeline](examples/reference-case.Jenkinsfile) whose workflow needs private images, ServiceAccounts, permissions, quotas
        and volumes; or a public manifest has the mistake; or users have reported it, and the cause was hard to find.

        A report also has notes: statements about its own run. They are no findings: no gate counts them, and no suppression
        applies to them. The pull of an image that could not be checked stays unknown, and the verdict counts such images.
        `--fail-on unknown` then exits with 3, and a step with `failOn: 'UNKNOWN'` fails.

        | note | means |
        |---|---|
        | `approximate-pods` | For a loop of more than 200 items one pod was checked, or a recursion was followed for a few \
        rounds. `argo-preflight pods` shows the pods and how many of each Argo creates. |
        | `image-unresolved` | The image's name has a variable that is known only at run time: an output, an item of a list that is \
        made then, a parameter without a value. `argo-preflight login-check` checks the images that it can become. |
        | `secret-unread` | A listed pull Secret could not be read, and the pulls work without it: with other credentials, or \
        without any. |
        | `no-deadline` | A pull could not be checked, and nothing ends the wait if it fails: the kubelet never gives up. \
        `activeDeadlineSeconds` in the workflow, `timeout` in the template, or `pendingTimeout` from Argo 4.1 ends it. |
        | `ignore-expired` | The last day of a suppression is over, so the findings of its check count again. |
        | `ignore-retired` | Suppressions name checks that were removed, and have no effect. |

        | check | outcomes | finds |
        |---|---|---|
        """;

    private CheckPage() {}

    /** Returns the Markdown of a check's page without a title, its sections at level 2; empty if there is none. */
    public static Optional<String> of(CheckInfo info) {
        try (InputStream in = CheckPage.class.getResourceAsStream("pages/" + info.id() + ".md")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the page of check " + info.id(), e);
        }
    }

    /** Returns the page of a check without its evidence, for readers of a finding. */
    public static Optional<String> help(CheckInfo info) {
        return of(info).map(page -> page.split("\n## Evidence", 2)[0]);
    }

    /** Returns all checks as one Markdown document, by topic: {@code docs/checks.md}. */
    public static String markdown(List<CheckInfo> checks) {
        Map<Topic, StringBuilder> chapters = new TreeMap<>();
        StringBuilder table = new StringBuilder();
        for (CheckInfo info : checks) {
            table.append("| [")
                    .append(info.id())
                    .append("](#")
                    .append(info.id())
                    .append(") | ");
            table.append(info.gives()).append(" | ").append(info.summary()).append(" |\n");
            StringBuilder chapter = chapters.computeIfAbsent(info.topic(), topic -> new StringBuilder());
            chapter.append("### ").append(info.id()).append("\n\n").append(info.summary());
            chapter.append(". (").append(info.gives()).append("; needs: ").append(info.needed());
            chapter.append(")\n\n").append(of(info).orElse("").replaceAll("(?m)^## ", "#### "));
            chapter.append('\n');
        }
        StringBuilder page = new StringBuilder(HEAD);
        page.append(table);
        chapters.forEach((topic, text) ->
                page.append("\n## ").append(title(topic)).append("\n\n").append(text));
        return page.toString().stripTrailing() + "\n";
    }

    private static String title(Enum<?> constant) {
        String name = constant.name();
        return name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
}
