package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.Report.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.report.Report.Credential;
import io.jenkins.plugins.argopreflight.engine.report.Report.PullRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table "who pulls what, with which credentials", the worst first; pulls that differ in the pod only are one row. */
public final class PullRows {

    private static final Map<String, Tone> TONES =
            Stream.of(Verdict.values()).collect(Collectors.toMap(Verdict::label, Tone::of));

    /** Source: argo-workflows workflow/controller/entrypoint/{image,cache_index}.go, an LRU of successful look-ups. */
    private static final String LOOKED_UP =
            "A controller that has looked an image up before does not ask again: it keeps"
                    + " the commands of 1024 images in memory, by the image as it is written, whatever the namespace and the"
                    + " credential, until it restarts. Whether it has cannot be seen from outside.";

    /** The headings of {@link Row}. */
    public static final List<String> HEADINGS =
            List.of("VERDICT", "IMAGE", "CONSUMER", "CREDENTIALS USED, AND THE ANSWER", "FOR");

    /**
     * One row.
     *
     * @param as each credential in the order tried, with the registry's answer to it
     * @param consumer as {@link Consumers} has it
     * @param platforms the nodes that it can be for, such as {@code linux/amd64}; none when they are not known
     * @param who each {@code namespace/ServiceAccount}, and the containers
     */
    public record Row(
            String verdict, String image, String consumer, List<String> platforms, List<String> as, String who) {

        /** The consumer, and on which nodes: {@code kubelet on linux/amd64}. */
        public String asker() {
            return consumer + (platforms.isEmpty() ? "" : " on " + String.join(", ", platforms));
        }
    }

    private record Same(String verdict, String image, String consumer, List<String> platforms, List<String> as) {}

    /** Who pulls alike. */
    private record Who(Set<String> accounts, Set<String> containers) {
        @Override
        public String toString() {
            return NameList.some(List.copyOf(accounts)) + " (" + NameList.some(List.copyOf(containers)) + ")";
        }
    }

    private PullRows() {}

    /** The rows of a report. */
    public static List<Row> of(Report report) {
        Consumers consumers = new Consumers(report);
        Map<Same, Who> rows = new LinkedHashMap<>();
        report.pulls().stream()
                .sorted(Comparator.comparing((PullRow pull) -> tone(pull.verdict()))
                        .reversed()
                        .thenComparing(PullRow::image)
                        .thenComparing(PullRow::consumer))
                .forEach(pull -> {
                    Who who = rows.computeIfAbsent(
                            same(pull, consumers), key -> new Who(new LinkedHashSet<>(), new LinkedHashSet<>()));
                    who.accounts().add(pull.namespace() + "/" + pull.serviceAccount());
                    who.containers().add(container(pull));
                });
        return rows.entrySet().stream()
                .map(entry -> new Row(
                        entry.getKey().verdict(),
                        entry.getKey().image(),
                        entry.getKey().consumer(),
                        entry.getKey().platforms(),
                        entry.getKey().as(),
                        entry.getValue().toString()))
                .toList();
    }

    public static Tone tone(String verdict) {
        return TONES.getOrDefault(verdict, Tone.UNKNOWN);
    }

    private static String container(PullRow pull) {
        return pull.conditions().isEmpty()
                ? pull.container()
                : pull.container()
                        + (" only if " + String.join("; and ", pull.conditions())).replace("only if only", "only");
    }

    private static Same same(PullRow pull, Consumers consumers) {
        return new Same(pull.verdict(), pull.image(), consumers.of(pull), pull.platforms(), as(pull));
    }

    /** A sentence for each image that is fine for one and broken for another, and what a look-up leaves open. */
    public static List<String> notes(List<Row> rows) {
        List<String> notes = contrasts(rows);
        if (rows.stream().anyMatch(row -> row.consumer().equals(Consumers.LOOK_UP))) {
            notes.add(LOOKED_UP);
        }
        return notes;
    }

    private static List<String> contrasts(List<Row> rows) {
        Map<String, List<Row>> byImage =
                rows.stream().collect(Collectors.groupingBy(Row::image, LinkedHashMap::new, Collectors.toList()));
        List<String> sentences = new ArrayList<>();
        byImage.forEach((image, all) -> {
            List<Row> fine =
                    all.stream().filter(row -> tone(row.verdict()) == Tone.GOOD).toList();
            List<Row> broken =
                    all.stream().filter(row -> tone(row.verdict()) == Tone.BAD).toList();
            if (!fine.isEmpty() && !broken.isEmpty()) {
                sentences.add("The same image is fine for one and broken for another: " + image + " works for the "
                        + names(fine, row -> row.consumer() + " as " + row.who()) + ", and not for the "
                        + names(broken, row -> row.consumer() + " as " + row.who() + ": " + row.verdict()) + ".");
            }
        });
        return sentences;
    }

    private static String names(List<Row> rows, Function<Row, String> words) {
        return NameList.some(rows.stream().map(words).distinct().toList());
    }

    private static List<String> as(PullRow pull) {
        List<String> as = new ArrayList<>();
        if (!pull.means().isEmpty()) {
            as.add((pull.verdict().equals(Verdict.OK.label()) ? "" : "perhaps: ") + pull.means());
        }
        if (!pull.error().isEmpty()) {
            as.add("anonymous: " + pull.error());
        }
        pull.answers().stream()
                .filter(answer -> answer.tried() || !pull.verdict().equals(Verdict.OK.label()))
                .map(PullRows::answer)
                .forEach(as::add);
        if (as.isEmpty()) {
            pull.credentials().stream().map(PullRows::name).forEach(as::add);
        }
        return as;
    }

    private static String answer(AnswerRow answer) {
        String who = answer.credential() == null ? "anonymous" : name(answer.credential());
        String words = Stream.of(answer.status() == 0 ? "" : String.valueOf(answer.status()), answer.code())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        String ends = answer.credentialExpires().isEmpty() ? "" : ", ends " + answer.credentialExpires();
        return (answer.tried() ? "" : "(") + who + ": " + answer.verdict() + (words.isEmpty() ? "" : " " + words) + ends
                + (answer.tried() ? "" : ")");
    }

    private static String name(Credential credential) {
        String user = credential.username().isEmpty() ? "\"\"" : credential.username();
        return user + " of " + (credential.secret().isEmpty() ? "" : credential.secret() + " ") + "[" + credential.key()
                + "]";
    }
}
