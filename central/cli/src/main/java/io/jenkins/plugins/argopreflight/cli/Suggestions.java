package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.engine.manifest.SimilarNames;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The suggestions for a misspelled option or command. */
final class Suggestions {

    private static final int MAX_SUGGESTIONS = 2;

    private Suggestions() {}

    /** Returns the most similar names of the command, best first; empty if none is similar. */
    static List<String> of(CommandLine command, String input) {
        String name = input.split("=", 2)[0];
        Stream<String> names = name.startsWith("-")
                ? command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::longestName)
                : command.getSubcommands().keySet().stream();
        int maxDistance = Math.max(2, name.length() / 3);
        return names.filter(candidate -> SimilarNames.edits(name, candidate) <= maxDistance && shareTwo(name, candidate)
                        || name.length() > 4 && candidate.startsWith(name))
                .sorted(Comparator.comparingInt(candidate -> SimilarNames.edits(name, candidate)))
                .limit(MAX_SUGGESTIONS)
                .toList();
    }

    private static boolean shareTwo(String a, String b) {
        return a.replace("-", "")
                        .chars()
                        .distinct()
                        .filter(letter -> b.indexOf(letter) >= 0)
                        .count()
                > 1;
    }
}
