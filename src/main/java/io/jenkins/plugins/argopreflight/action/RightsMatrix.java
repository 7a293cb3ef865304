package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.render.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A table of rights with a row for each right and a column for each identity, missing rights first.
 *
 * @param subjects the identities of the columns
 */
public record RightsMatrix(List<String> subjects, List<Row> rows) {

    private static final Pattern SERVICE_ACCOUNT = Pattern.compile("^system:serviceaccount:([^:]+):([^:]+)$");

    /**
     * A right.
     *
     * @param right the right in the syntax of {@code kubectl auth can-i}
     * @param answersByIdentity the answers; empty for an identity that does not need the right
     */
    public record Row(String right, List<Optional<RightAnswer>> answersByIdentity, String neededFor) {

        /** Returns the labels of the answers; "" for an identity that does not need the right. */
        public List<String> answers() {
            return answersByIdentity.stream()
                    .map(answer -> answer.map(RightAnswer::label).orElse(""))
                    .toList();
        }

        /** Returns the worst of the answers. */
        private RightAnswer worst() {
            return Collections.min(
                    answersByIdentity.stream().flatMap(Optional::stream).toList());
        }
    }

    static RightsMatrix of(List<PermissionRow> permissions) {
        List<String> subjects =
                permissions.stream().map(RightsMatrix::subject).distinct().toList();
        Map<String, Map<String, RightAnswer>> answers = new LinkedHashMap<>();
        Map<String, Set<String>> needed = new LinkedHashMap<>();
        for (PermissionRow row : permissions) {
            String right = Summary.right(row);
            answers.computeIfAbsent(right, any -> new LinkedHashMap<>()).put(subject(row), row.answer());
            needed.computeIfAbsent(right, any -> new LinkedHashSet<>()).add(row.neededFor());
        }
        List<Row> rows = new ArrayList<>();
        answers.forEach((right, bySubject) -> rows.add(new Row(
                right,
                subjects.stream()
                        .map(subject -> Optional.ofNullable(bySubject.get(subject)))
                        .toList(),
                String.join("; ", needed.get(right)))));
        rows.sort(Comparator.comparing(Row::worst));
        return new RightsMatrix(subjects, rows);
    }

    private static String subject(PermissionRow row) {
        return SERVICE_ACCOUNT.matcher(Summary.who(row)).replaceFirst("ServiceAccount $1/$2");
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Returns the rights that an identity needs and does not have, with the columns of the identities that need them.
     */
    public RightsMatrix missing() {
        return filtered(RightAnswer.NO);
    }

    /** Returns the rights that could not be checked, with the columns of the identities that need them. */
    public RightsMatrix unknown() {
        return filtered(RightAnswer.UNKNOWN);
    }

    /** Returns the rights that all identities have that need them, with the columns of these identities. */
    public RightsMatrix held() {
        return filtered(RightAnswer.YES);
    }

    private RightsMatrix filtered(RightAnswer worst) {
        List<Row> selected = rows.stream().filter(row -> row.worst() == worst).toList();
        int[] columns = IntStream.range(0, subjects.size())
                .filter(i -> selected.stream()
                        .anyMatch(row -> row.answersByIdentity().get(i).isPresent()))
                .toArray();
        return new RightsMatrix(
                pick(subjects, columns),
                selected.stream()
                        .map(row -> new Row(row.right(), pick(row.answersByIdentity(), columns), row.neededFor()))
                        .toList());
    }

    private static <T> List<T> pick(List<T> all, int[] columns) {
        return IntStream.of(columns).mapToObj(all::get).toList();
    }
}
