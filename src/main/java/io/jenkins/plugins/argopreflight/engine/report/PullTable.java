package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.pull.Tried;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who pulls what, as whom, and what the registry says to it. Pulls that only differ in who pulls share a row. */
public final class PullTable {

    /** What makes two pulls one row. */
    private record Row(String image, String consumer, List<String> as, Verdict verdict, List<String> below) {}

    private final Style style;

    public PullTable(Style style) {
        this.style = style;
    }

    /** The table, line by line; nothing when there are no pulls. */
    public List<String> lines(List<Pull> pulls) {
        if (pulls.isEmpty()) {
            return List.of();
        }
        Map<Row, Set<String>> rows = new LinkedHashMap<>();
        pulls.forEach(pull -> rows.computeIfAbsent(row(pull), any -> new LinkedHashSet<>()).add(who(pull)));
        Grid grid = new Grid("  ");
        grid.row();
        for (String heading : List.of("VERDICT", "IMAGE", "AS (SECRET, KEY)", "PULLED BY")) {
            grid.cell(heading, style::dim);
        }
        rows.forEach((row, pullers) -> {
            List<String> who = List.copyOf(pullers);
            grid.row()
                    .cell(row.verdict().label(), text -> Tone.of(row.verdict()).paint(style, text))
                    .cell(row.image())
                    .cell(String.join(", then ", row.as()))
                    .cell(row.consumer() + by(who));
            if (who.size() > 1) {
                Wrap.lines("      ", "for " + Names.some(who)).forEach(grid::under);
            }
            row.below().forEach(sentence -> Wrap.lines("      ", sentence).forEach(grid::under));
        });
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Who pulls what, as whom"));
        lines.addAll(grid.lines());
        return lines;
    }

    private static String by(List<String> who) {
        if (who.size() > 1) {
            return " for " + who.size() + " ServiceAccounts";
        }
        return who.get(0).isEmpty() ? "" : " for " + who.get(0);
    }

    private static Row row(Pull pull) {
        List<String> as = pull.credentials().isEmpty()
                ? List.of(pull.error().isEmpty() ? "nobody (anonymous)" : "-")
                : pull.credentials().stream().map(PullTable::as).toList();
        List<String> below = new ArrayList<>();
        if (!pull.error().isEmpty()) {
            below.add(pull.error());
        }
        if (!pull.sentence().isEmpty()) {
            below.add(pull.sentence());
        }
        below.addAll(pull.answers().stream().map(PullTable::said).toList());
        return new Row(pull.image(), pull.consumer(), as, pull.verdict(), below);
    }

    private static String who(Pull pull) {
        return pull.namespace().isEmpty() ? "" : pull.namespace() + "/" + pull.serviceAccount();
    }

    private static String as(StoredCredential credential) {
        String user = credential.username().isEmpty() ? "\"\"" : credential.username();
        return credential.secret().isEmpty()
                ? user + " (" + credential.key() + ")"
                : user + " (" + credential.secret() + ", " + credential.key() + ")";
    }

    private static String said(Tried tried) {
        Answer answer = tried.answer();
        String status = answer.status() == 0 ? "" : String.valueOf(answer.status());
        String words = Stream.of(status, answer.code(), answer.message())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String expires = answer.credentialExpires().map(end -> "; the credential ends " + end).orElse("");
        String who = tried.credential().map(PullTable::as).map("as "::concat).orElse("without credential");
        return "asked " + who + ": " + answer.verdict().label() + (words.isEmpty() ? "" : " (" + words + ")") + expires;
    }
}
