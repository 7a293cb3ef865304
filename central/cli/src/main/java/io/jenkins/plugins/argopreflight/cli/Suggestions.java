package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Finds what someone can have meant by a misspelt option or command. */
final class Suggestions {

    private static final int AT_MOST = 2;

    private Suggestions() {}

    /** The nearest names of this command, best first; none when nothing is near. */
    static List<String> of(CommandLine command, String written) {
        String name = written.split("=", 2)[0];
        Stream<String> names = name.startsWith("-")
                ? command.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionSpec::longestName)
                : command.getSubcommands().keySet().stream();
        int near = Math.max(2, name.length() / 3);
        return names.filter(candidate -> Nearest.distance(name, candidate) <= near && shareTwo(name, candidate)
                        || name.length() > 4 && candidate.startsWith(name))
                .sorted(Comparator.comparingInt(candidate -> Nearest.distance(name, candidate)))
                .limit(AT_MOST)
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
