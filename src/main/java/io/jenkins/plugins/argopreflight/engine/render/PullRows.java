package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.AnswerRow;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.Credential;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow.RowCondition;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of the table of image pulls in every format, failures first. Pulls that differ only in the pod or the
 * ServiceAccount share a row.
 */
public final class PullRows {

    /**
     * The limit of what is known about a look-up. Source: argo-workflows
     * workflow/controller/entrypoint/{image,cache_index}.go, an LRU cache of successful look-ups.
     */
    private static final String LOOKED_UP =
            "A controller that has looked an image up before does not ask again: it keeps the commands of 1024 images"
                    + " in memory, by the image as it is written, whatever the namespace and the credential, until it"
                    + " restarts. Whether it has cannot be seen from outside.";

    /** The headings of {@link Row}. */
    public static final List<String> HEADINGS =
            List.of("VERDICT", "IMAGE", "CONSUMER", "CREDENTIALS USED, AND THE ANSWER", "FOR");

    /**
     * A row of the table.
     *
     * @param pulls the pulls that share the row
     * @param consumer the text of {@link Consumers}
     * @param reasons the meaning of the verdict and the registry's message; empty if findings show them
     */
    public record Row(List<PullRow> pulls, String consumer, List<String> reasons) {

        /** Returns the verdict as a text for the reader. */
        public String words() {
            return PullRows.words(first());
        }

        public String image() {
            return first().image();
        }

        /** Returns the image's name in parts, after each of which a line can break. */
        public List<String> imageParts() {
            return List.of(image().split("(?<=[/@])"));
        }

        /** Returns the consumer and the platforms of the nodes that can run the pod: {@code kubelet on linux/amd64}. */
        public String consumerAndPlatforms() {
            List<String> platforms = first().platforms();
            return consumer + (platforms.isEmpty() ? "" : " on " + String.join(", ", platforms));
        }

        /** Returns each credential in the order in which it is tried, with the registry's answer. */
        public List<String> answers() {
            return PullRows.answers(first());
        }

        public Tone tone() {
            return Tone.of(first().verdict());
        }

        /** Returns the accounts and the containers; "" without a cluster. */
        public String accountsAndContainers() {
            List<String> containers = texts(PullRows::container);
            return NameList.some(texts(PullRows::account))
                    + (containers.isEmpty() ? "" : " (" + NameList.some(containers) + ")");
        }

        /** Returns whether the row lists several ServiceAccounts, and no containers. */
        public boolean isOnlyForAccounts() {
            return texts(PullRows::container).isEmpty()
                    && texts(PullRows::account).size() > 1;
        }

        private PullRow first() {
            return pulls.get(0);
        }

        private List<String> texts(Function<PullRow, Optional<String>> text) {
            return pulls.stream()
                    .flatMap(pull -> text.apply(pull).stream())
                    .distinct()
                    .toList();
        }
    }

    private PullRows() {}

    /** Returns the rows of a report, without reasons: its findings give them. */
    public static List<Row> of(Report report) {
        Consumers consumers = new Consumers(report.pods(), report.pulls());
        return grouped(report.pulls(), consumers::of, pull -> List.of());
    }

    /** Returns rows with reasons, for pulls without findings. */
    public static List<Row> explained(List<PullRow> pulls) {
        return grouped(pulls, pull -> pull.consumer().label(), PullRows::reasons);
    }

    /** Returns the verdict on a pull as a text for the reader. */
    public static String words(PullRow pull) {
        boolean anonymous = pull.credentials().isEmpty() && pull.means().isEmpty();
        return (anonymous && pull.verdict().isRefusal() ? "private: " : "")
                + (anonymous
                        ? pull.verdict().wordsWithoutCredentials()
                        : pull.verdict().words());
    }

    private static List<Row> grouped(
            List<PullRow> pulls, Function<PullRow, String> consumer, Function<PullRow, List<String>> reasons) {
        return pulls.stream()
                .sorted(Comparator.comparing((PullRow pull) -> Tone.of(pull.verdict()))
                        .reversed()
                        .thenComparing(PullRow::image)
                        .thenComparing(PullRow::consumer))
                .collect(Collectors.groupingBy(
                        pull -> Arrays.asList(
                                pull.verdict(),
                                words(pull),
                                pull.image(),
                                consumer.apply(pull),
                                pull.platforms(),
                                answers(pull),
                                reasons.apply(pull)),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(same -> new Row(same, consumer.apply(same.get(0)), reasons.apply(same.get(0))))
                .toList();
    }

    private static Optional<String> account(PullRow pull) {
        if (pull.namespace().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                pull.serviceAccount().isEmpty() && pull.pod().isEmpty()
                        ? "Secret " + pull.namespace() + "/" + String.join(", ", pull.pullSecrets())
                        : pull.namespace() + "/" + pull.serviceAccount());
    }

    private static Optional<String> container(PullRow pull) {
        StringBuilder text = new StringBuilder(pull.container());
        String separator = "";
        for (RowCondition condition : pull.conditions()) {
            text.append(separator.isEmpty() ? " " + condition.clause() : separator + condition);
            separator = "; and ";
        }
        return Optional.of(text.toString()).filter(words -> !words.isEmpty());
    }

    /** Returns a sentence for each image that some consumers can pull and others cannot, and the limit of look-ups. */
    public static List<String> notes(List<Row> rows) {
        List<String> notes = contrasts(rows);
        if (rows.stream().anyMatch(row -> row.first().consumer() == ImageClient.CONTROLLER)) {
            notes.add(LOOKED_UP);
        }
        return notes;
    }

    private static List<String> contrasts(List<Row> rows) {
        Map<String, List<Row>> byImage =
                rows.stream().collect(Collectors.groupingBy(Row::image, LinkedHashMap::new, Collectors.toList()));
        List<String> sentences = new ArrayList<>();
        byImage.forEach((image, all) -> {
            List<Row> working =
                    all.stream().filter(row -> row.tone() == Tone.GOOD).toList();
            List<Row> broken =
                    all.stream().filter(row -> row.tone() == Tone.BAD).toList();
            if (!working.isEmpty() && !broken.isEmpty()) {
                sentences.add("The same image is fine for one and broken for another: " + image + " works for the "
                        + names(working, row -> row.consumer() + " as " + row.accountsAndContainers())
                        + ", and not for the "
                        + names(
                                broken,
                                row -> row.consumer() + " as " + row.accountsAndContainers() + ": " + row.words())
                        + ".");
            }
        });
        return sentences;
    }

    private static String names(List<Row> rows, Function<Row, String> words) {
        return NameList.some(rows.stream().map(words).distinct().toList());
    }

    private static List<String> answers(PullRow pull) {
        List<String> answers = new ArrayList<>();
        if (!pull.means().isEmpty()) {
            answers.add((pull.verdict() == Verdict.OK ? "" : "perhaps: ") + pull.means());
        }
        if (!pull.error().isEmpty()) {
            answers.add(pull.error());
        }
        shown(pull).map(PullRows::answer).forEach(answers::add);
        if (answers.isEmpty()) {
            pull.credentials().stream().map(PullRows::name).forEach(answers::add);
        }
        return answers;
    }

    /**
     * Returns the answers to show: those to the requests of the consumer and, if it fails, also those to requests for
     * comparison.
     */
    private static Stream<AnswerRow> shown(PullRow pull) {
        return pull.answers().stream().filter(answer -> answer.tried() || pull.verdict() != Verdict.OK);
    }

    /** Returns the reasons of a pull; empty if every credential works. */
    private static List<String> reasons(PullRow pull) {
        boolean isClean = pull.verdict() == Verdict.OK
                && shown(pull)
                        .allMatch(answer -> answer.verdict() == Verdict.OK && answer.sent() != answer.anonymous());
        Stream<String> answered = shown(pull)
                .filter(answer -> !answer.message().isEmpty())
                .map(answer -> "answer to " + name(answer) + ": " + words(answer, answer.message()));
        return isClean
                ? List.of()
                : Stream.concat(Stream.of(pull.message()), answered)
                        .filter(reason -> !reason.isEmpty())
                        .toList();
    }

    private static String answer(AnswerRow answer) {
        String words = answer.anonymous()
                ? answer.verdict().wordsWithoutCredentials()
                : answer.verdict().words();
        String code = words(answer, "");
        String expiry = answer.credentialExpires().isEmpty() ? "" : ", ends " + answer.credentialExpires();
        return name(answer) + (answer.tried() ? "" : ", for comparison") + ": " + words
                + (code.isEmpty() ? "" : " (" + code + ")") + expiry;
    }

    private static String words(AnswerRow answer, String message) {
        return Stream.of(answer.status() == 0 ? "" : String.valueOf(answer.status()), answer.code(), message)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String name(AnswerRow answer) {
        Credential credential = answer.credential();
        return credential == null ? "anonymous" : name(credential);
    }

    private static String name(Credential credential) {
        String user = credential.username().isEmpty() ? "\"\"" : credential.username();
        return user + (credential.secret().isEmpty() ? "" : " of " + credential.secret()) + " [" + credential.key()
                + "]";
    }
}
