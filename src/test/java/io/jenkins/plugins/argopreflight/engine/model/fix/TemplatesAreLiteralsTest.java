package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The literals of fixes: no value comes into a template or into the words of a command, except as an operand. */
class TemplatesAreLiteralsTest {

    /** A string, also of several lines. */
    private static final String LITERAL = "(\"\"\"(?s:.*?)\"\"\"|\"([^\"\\\\\\n]|\\\\.)*\")";

    private static final Pattern TEMPLATE = Pattern.compile("\\bYaml\\s*\\.of\\(\\s*");
    private static final Pattern WORDS = Pattern.compile("\\bCommand\\s*\\.(of|kubectl)\\(\\s*(?!\\))");
    private static final Pattern ONE = Pattern.compile(
            LITERAL + "(\\s*\\?\\s*)?[\\s]*[),]|\\w+\\s*\\?\\s*" + LITERAL + "\\s*:\\s*" + LITERAL + "\\s*\\)");
    private static final Pattern CONCATENATED = Pattern.compile("\\G\\s*" + LITERAL + "\\s*\\+");

    @Test
    void shouldHaveNoValueInATemplate() throws IOException {
        List<String> wrong = new ArrayList<>();
        int found = 0;
        for (Path file : sources()) {
            String code = Files.readString(file);
            for (Pattern call : List.of(TEMPLATE, WORDS)) {
                Matcher calls = call.matcher(code);
                while (calls.find()) {
                    found++;
                    Matcher argument = ONE.matcher(code).region(calls.end(), code.length());
                    Matcher sum = CONCATENATED.matcher(code).region(calls.end(), code.length());
                    if (!argument.lookingAt() || sum.lookingAt()) {
                        wrong.add(file.getFileName() + ": "
                                + code.substring(calls.start(), Math.min(code.length(), calls.end() + 60)));
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(150);
        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldWriteNoCommandByHand() throws IOException {
        Pattern sum = Pattern.compile("\"[^\"\\n]*\\b(kubectl|argo|oc|crane) [a-z-]+ [^\"\\n]*\"\\s*\\+\\s*[a-z]");
        List<String> wrong = new ArrayList<>();
        for (Path file : sources()) {
            Matcher found = sum.matcher(Files.readString(file));
            while (found.find()) {
                wrong.add(file.getFileName() + ": " + found.group());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String folder : List.of("src/main/java", "src/offline/java", "central/cli/src/main/java")) {
            try (Stream<Path> files = Files.walk(ProjectRoot.path().resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        return all;
    }
}
