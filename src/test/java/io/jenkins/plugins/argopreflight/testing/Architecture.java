package io.jenkins.plugins.argopreflight.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The drawing in docs/architecture.puml, read as law: boxes are {@code [name] <<package pattern>>} from the top floor
 * down, and a class uses only its own box and those that it has an arrow to.
 */
public final class Architecture {

    private static final String PROJECT = "io.jenkins.plugins.argopreflight..";
    private static final Pattern BOX = Pattern.compile("\\[(\\w+)] <<(\\S+)>>");
    private static final Pattern ARROW = Pattern.compile("(\\w+) --> (\\w+)");

    private final Path drawing;
    private final Map<String, PackageMatcher> boxes = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private Architecture(Path drawing) {
        this.drawing = drawing;
        Map<String, Integer> floors = new HashMap<>();
        for (String line : lines(drawing)) {
            Matcher box = BOX.matcher(line);
            Matcher arrow = ARROW.matcher(line);
            if (box.matches()) {
                floors.put(box.group(1), floors.size());
                boxes.put(box.group(1), PackageMatcher.of(box.group(2)));
            } else if (arrow.matches()) {
                Integer from = floors.get(arrow.group(1));
                Integer to = floors.get(arrow.group(2));
                if (from == null || to == null || from >= to) {
                    problems.add(line + " does not lead from a box to one below it");
                }
            } else if (line.contains("-->") || line.startsWith("[")) {
                problems.add(line + " is neither a box nor an arrow");
            }
        }
    }

    /** The project's own drawing. */
    public static Architecture ofTheProject() {
        return new Architecture(ProjectRoot.path().resolve("docs/architecture.puml"));
    }

    public static Architecture drawnIn(Path drawing) {
        return new Architecture(drawing);
    }

    /** The compiled classes of a package and those below it that are no tests. */
    public static JavaClasses classesIn(String rootPackage) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                // In central/ what tests share is a module of its own.
                .withImportOption(location -> !location.contains("/argopreflight/testing/"))
                .importPackages(rootPackage);
    }

    /** Fails when an arrow does not go down, when a class is in no box or in two, and when it uses what it may not. */
    public void check(JavaClasses code) {
        assertThat(code).isNotEmpty();
        List<String> all = new ArrayList<>(problems);
        code.forEach(each -> all.addAll(misplaced(each)));
        assertThat(all).as(drawing.toString()).isEmpty();
        classes()
                .should(adhereToPlantUmlDiagram(drawing, consideringOnlyDependenciesInAnyPackage(PROJECT)))
                .check(code);
        // Several packages can share a box.
        slices().matching(PROJECT.replace("..", ".engine.(*).."))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(code);
    }

    private List<String> misplaced(JavaClass each) {
        List<String> found = boxes.entrySet().stream()
                .filter(box -> box.getValue().matches(each.getPackageName()))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1 ? List.of() : List.of(each.getName() + " is in " + found.size() + " boxes " + found);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
