package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.render.Summary;
import io.jenkins.plugins.argopreflight.engine.report.Report.PermissionRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Who has which right: a row a right, a column a subject, the wanting rights first.
 *
 * @param subjects the columns
 */
public record RightsMatrix(List<String> subjects, List<Row> rows) {

    private static final Pattern SERVICE_ACCOUNT = Pattern.compile("^system:serviceaccount:([^:]+):([^:]+)$");
    private static final List<String> WORST_FIRST = List.of("no", "unknown", "yes");

    /**
     * @param right in the words of {@code kubectl auth can-i}
     * @param answers yes, no, unknown, or "" for a subject that does not need it
     */
    public record Row(String right, List<String> answers, String neededFor) {

        String worst() {
            return WORST_FIRST.stream().filter(answers::contains).findFirst().orElse("yes");
        }
    }

    static RightsMatrix of(List<PermissionRow> permissions) {
        List<String> subjects =
                permissions.stream().map(RightsMatrix::subject).distinct().toList();
        Map<String, Map<String, String>> answers = new LinkedHashMap<>();
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
                        .map(subject -> bySubject.getOrDefault(subject, ""))
                        .toList(),
                String.join("; ", needed.get(right)))));
        rows.sort(Comparator.comparingInt(row -> WORST_FIRST.indexOf(row.worst())));
        return new RightsMatrix(subjects, rows);
    }

    private static String subject(PermissionRow row) {
        return SERVICE_ACCOUNT.matcher(Summary.who(row)).replaceFirst("ServiceAccount $1/$2");
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The rights that someone needs and does not have; those who need nothing of it are left out. */
    public RightsMatrix missing() {
        return of(row -> row.worst().equals("no"));
    }

    /** The rights that could not be checked; those who need nothing of it are left out. */
    public RightsMatrix unknown() {
        return of(row -> row.worst().equals("unknown"));
    }

    /** What everyone has who needs it; those who need nothing of it are left out. */
    public RightsMatrix held() {
        return of(row -> row.worst().equals("yes"));
    }

    private RightsMatrix of(Predicate<Row> wanted) {
        List<Row> some = rows.stream().filter(wanted).toList();
        int[] columns = IntStream.range(0, subjects.size())
                .filter(i -> some.stream().anyMatch(row -> !row.answers().get(i).isEmpty()))
                .toArray();
        return new RightsMatrix(
                pick(subjects, columns),
                some.stream()
                        .map(row -> new Row(row.right(), pick(row.answers(), columns), row.neededFor()))
                        .toList());
    }

    private static List<String> pick(List<String> all, int[] columns) {
        return IntStream.of(columns).mapToObj(all::get).toList();
    }
}
