package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.manifest.BooleanWord;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A word such as {@code yes}, {@code on} or {@code n} without quotes, in a place that takes any value: kubectl and argo
 * read it as true or false. Source: sigs.k8s.io/yaml, go-yaml v2 resolve.go (YAML 1.1).
 */
public final class UnquotedBoolean implements Check {

    private static final CheckInfo INFO = new CheckInfo(
            "unquoted-boolean", "A word without quotes is read as true or false", Severity.WARNING, Topic.WORKFLOW);

    private static final Set<String> FALSE = Set.of("n", "no", "off");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.given().stream().anyMatch(FieldWalk::reads);
    }

    @Override
    public List<Finding> check(Facts facts) {
        return GivenFields.of(facts).stream()
                .flatMap(walk -> words(walk).map(word -> finding(facts, walk, word)))
                .toList();
    }

    /** Those that are neither meant as true or false, nor reported as a value of a wrong type. */
    private static Stream<BooleanWord> words(FieldWalk walk) {
        if (walk.document().booleanWords().isEmpty()) {
            return Stream.empty();
        }
        Set<Location> typed = new HashSet<>();
        walk.booleans().forEach(path -> typed.add(walk.document().locate(path)));
        walk.wrong().forEach(wrong -> typed.add(walk.document().locate(wrong.path())));
        return walk.document().booleanWords().stream().filter(word -> word.isKey() || !typed.contains(word.location()));
    }

    private static Finding finding(Facts facts, FieldWalk walk, BooleanWord word) {
        String value = read(word.word());
        return Finding.warn(
                        INFO,
                        Subject.of(walk.document(), Places.namespace(facts, walk.document()), "")
                                .at(word.location()),
                        "kubectl and argo read the " + (word.isKey() ? "key" : "value") + " " + word.word()
                                + " as the boolean " + value + ", and the workflow gets the text \"" + value
                                + "\". Other YAML parsers can read it as text.")
                .title("%s is read as %s", word.word(), value)
                .evidence(EvidenceLine.words(word.location() + ": " + word.word()))
                .fix(AskPerson.reader("write it in quotes: \"" + word.word() + "\""));
    }

    /** What YAML 1.1 makes of the word. */
    static String read(String word) {
        return Boolean.toString(!FALSE.contains(word.toLowerCase(Locale.ROOT)));
    }
}
