package io.jenkins.plugins.argopreflight.engine.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A workflow of Argo's end-to-end suite that is in a file, and the end that the test asserts first.
 *
 * @param name of its file, below {@code test/e2e}
 * @param files that file, after those of the templates that the test creates
 * @param end {@code Succeeded}, {@code Failed} or {@code Error}
 */
record SuiteCase(String name, List<Path> files, String end) {

    private static final Pattern FUNCTION = Pattern.compile("(?ms)^func .*?^}");

    /** A manifest in a file, or, without a name, inline. */
    private static final Pattern GIVEN = Pattern.compile(
            "\\.\\s*(Workflow|WorkflowTemplate|ClusterWorkflowTemplate|CronWorkflow)\\(\\s*(?:[\"`]@([^\"`]+))?");

    private static final Pattern END =
            Pattern.compile("fixtures\\.ToBe(Succeeded|Failed|Error)|\\.Workflow(Succeeded|Failed|Error)\\b");

    String entry() {
        return name + " | " + end;
    }

    /**
     * Reads the Go tests of a release. Chains of calls that begin with Given() are its tests.
     *
     * @param module its folder
     */
    static List<SuiteCase> all(Path module) throws IOException {
        List<SuiteCase> cases = new ArrayList<>();
        for (Path test : files(module, "_test.go")) {
            Matcher function = FUNCTION.matcher(Files.readString(test));
            while (function.find()) {
                List<String> templates = new ArrayList<>();
                for (String chain : function.group().split("Given\\(\\)")) {
                    addCase(module, chain, templates, cases);
                }
            }
        }
        return cases;
    }

    private static void addCase(Path module, String chain, List<String> templates, List<SuiteCase> cases) {
        List<MatchResult> given = GIVEN.matcher(chain).results().toList();
        given.stream()
                .filter(each -> each.group(1).endsWith("Template") && each.group(2) != null)
                .forEach(each -> templates.add(each.group(2)));
        // A test submits its workflow, or else each of its templates.
        MatchResult submitted = given.stream()
                .filter(each -> each.group(1).equals("Workflow"))
                .findFirst()
                .orElse(given.isEmpty() ? null : given.get(given.size() - 1));
        if (submitted == null || submitted.group(2) == null) {
            return;
        }
        Matcher end = END.matcher(chain);
        if (end.find(submitted.end())) {
            String phase = end.group(1) == null ? end.group(2) : end.group(1);
            List<Path> files = Stream.concat(templates.stream(), Stream.of(submitted.group(2)))
                    .distinct()
                    .map(name -> file(module, name))
                    .toList();
            cases.add(new SuiteCase(submitted.group(2), files, phase));
        }
    }

    /** Returns the files of the suite whose names end so. */
    static List<Path> files(Path module, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(module.resolve("test/e2e"))) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    /** A link to an example is in no module: it is that example. */
    private static Path file(Path module, String name) {
        Path file = module.resolve("test/e2e/" + name);
        return Files.exists(file) ? file : module.resolve("examples").resolve(file.getFileName());
    }
}
