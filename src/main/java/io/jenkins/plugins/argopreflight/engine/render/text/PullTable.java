package io.jenkins.plugins.argopreflight.engine.render.text;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.pull.Consumer;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.render.Grid;
import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Image pulls, and what the registry says to it: the worst first, a good one in one line. Pulls that only
 * differ in who pulls share a row, and rows that fail alike share their reason.
 */
public final class PullTable {

    /** What makes two pulls one row. */
    private record Row(String image, Consumer consumer, List<String> as, Verdict verdict, List<String> below) {}

    private static final String INDENT = "      ";

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
        pulls.stream()
                .sorted(Comparator.comparing((Pull pull) -> Tone.of(pull.verdict()))
                        .reversed())
                .forEach(pull -> rows.computeIfAbsent(row(pull), any -> new LinkedHashSet<>())
                        .add(who(pull)));
        boolean inCluster = pulls.stream().anyMatch(pull -> !who(pull).isEmpty());
        Grid grid = new Grid("  ");
        grid.row();
        (inCluster
                        ? List.of("VERDICT", "IMAGE", "AS (SECRET, KEY)", "PULLED BY")
                        : List.of("VERDICT", "IMAGE", "AS (KEY)"))
                .forEach(heading -> grid.cell(heading, style::dim));
        Map<List<String>, String> shown = new HashMap<>();
        rows.forEach((row, pullers) -> {
            grid.row()
                    .cell(row.verdict().label(), text -> Tone.of(row.verdict()).paint(style, text))
                    .cell(row.image())
                    .cell(String.join(", then ", row.as()));
            if (inCluster) {
                pulledBy(grid, row, List.copyOf(pullers));
            }
            reasons(row, shown).forEach(reason -> style.wrap(INDENT, reason).forEach(grid::under));
        });
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("Image pulls"));
        lines.addAll(grid.lines());
        return lines;
    }

    private void pulledBy(Grid grid, Row row, List<String> who) {
        if (who.size() == 1) {
            grid.cell(row.consumer().label() + (who.get(0).isEmpty() ? "" : " for " + who.get(0)));
            return;
        }
        grid.cell(row.consumer().label() + " for " + who.size() + " ServiceAccounts");
        style.wrap(INDENT, "for " + NameList.some(who)).forEach(grid::under);
    }

    /** The same reasons again, but for the image's name, are reported by naming the image that had them first. */
    private static List<String> reasons(Row row, Map<List<String>, String> shown) {
        List<String> nameless =
                row.below().stream().map(line -> line.replace(row.image(), "")).toList();
        String before = shown.putIfAbsent(nameless, row.image());
        return before == null || nameless.isEmpty() ? row.below() : List.of("for the same reason as " + before);
    }

    private static Row row(Pull pull) {
        List<String> as = pull.credentials().isEmpty()
                ? List.of(pull.error().isEmpty() ? "anonymous" : "-")
                : pull.credentials().stream().map(PullTable::as).toList();
        return new Row(pull.image(), pull.consumer(), as, pull.verdict(), below(pull));
    }

    private static List<String> below(Pull pull) {
        boolean plain = pull.answers().stream()
                .filter(ProbeAttempt::byConsumer)
                .allMatch(tried -> tried.answer().verdict() == Verdict.OK
                        && tried.answer().credentialExpires().isEmpty()
                        && tried.answer().credentialSent() == tried.credential().isPresent());
        if (pull.verdict() == Verdict.OK && plain) {
            return List.of();
        }
        List<String> below = new ArrayList<>();
        if (!pull.sentence().contains(pull.error())) {
            below.add(pull.error());
        }
        if (!pull.sentence().isEmpty()) {
            below.add(pull.sentence());
        }
        pull.answers().stream()
                .filter(tried -> tried.byConsumer() || pull.verdict() != Verdict.OK)
                .map(PullTable::said)
                .forEach(below::add);
        return below;
    }

    private static String who(Pull pull) {
        if (pull.namespace().isEmpty()) {
            return "";
        }
        return pull.serviceAccount().isEmpty()
                ? "Secret " + pull.namespace() + "/" + String.join(", ", pull.pullSecrets())
                : pull.namespace() + "/" + pull.serviceAccount();
    }

    private static String as(StoredCredential credential) {
        String user = credential.username().isEmpty() ? "\"\"" : credential.username();
        return credential.secret().isEmpty()
                ? user + " (" + credential.key() + ")"
                : user + " (" + credential.secret() + ", " + credential.key() + ")";
    }

    private static String said(ProbeAttempt tried) {
        Answer answer = tried.answer();
        String status = answer.status() == 0 ? "" : String.valueOf(answer.status());
        String words = Stream.of(status, answer.code(), answer.message())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String expires = answer.credentialExpires()
                .map(end -> "; the credential ends " + end)
                .orElse("");
        String who = tried.credential().map(PullTable::as).map("as "::concat).orElse("without credential");
        return (tried.byConsumer() ? "asked " : "for comparison ") + who + ": "
                + answer.verdict().label() + (words.isEmpty() ? "" : " (" + words + ")") + expires;
    }
}
